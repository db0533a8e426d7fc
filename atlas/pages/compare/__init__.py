"""The pages that compare: sides by dimension, pairs, fields and the scale."""
