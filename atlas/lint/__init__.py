"""Checks of how texts are written, and of whether language versions agree."""
