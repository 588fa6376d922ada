"""The page on which a new version of an article is looked at, decided about, and put in its place."""
