"""Copies that come back: what is in them, what that means for the project, and what is to be decided."""
