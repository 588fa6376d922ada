"""Passages: an article with the versions of several annotators in lanes, one below the other."""
