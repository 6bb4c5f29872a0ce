"""Analytics events that leave your backend only as far as a policy file lets them."""
