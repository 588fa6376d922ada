"""Text skills: normalising, offsets, bounds, folding. No Qt, no SQL."""
