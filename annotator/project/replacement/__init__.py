"""A new version of an article's text: where everything in the old one lies in it, and what is to be decided."""
