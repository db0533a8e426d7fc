"""Imports of tables, bibliographies and texts that other programs wrote, each with a report of what was lost."""
