"""Comparison pages: sides by dimension, pairs, fields and the scale."""
