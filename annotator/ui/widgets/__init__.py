"""Plain widgets and their manners, which know no project: fields, lists, boxes, strips, dialogs that choose files."""
