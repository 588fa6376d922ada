"""The place Team: who labels what, how far that is, and how files that were labelled apart come together."""
