"""Reads Markdown with references: text → HTML with slots, with the position of everything."""
