"""The window: what stands around the places, and pops up over them."""
