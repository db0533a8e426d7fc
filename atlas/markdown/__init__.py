"""Markdown with references → HTML with slots, with the place of everything."""
