"""Keys, and the pseudonyms made with them."""
