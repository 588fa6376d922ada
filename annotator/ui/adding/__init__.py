"""From files to articles: reading, looking at what was read, adding it."""
