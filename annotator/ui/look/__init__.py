"""How things look: colours, faces, icons, the little style sheet, and what lists paint."""
