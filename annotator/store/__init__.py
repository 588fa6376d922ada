"""The file: the only room with SQL."""
