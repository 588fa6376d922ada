"""The place Agreement: what was measured at the left, the passages behind it at the right."""
