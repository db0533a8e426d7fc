"""Pages that show all languages of a record side by side."""
