"""People in text: names, handles, postal addresses and birth dates, found by lexicon and form."""
