"""Every action once: the table of them, their keys, the menu bar, the palette."""
