"""The inspector: everything about the selected label, at the right of the text."""
