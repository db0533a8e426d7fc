"""Pictures: data → what is drawn, with coordinates already rounded, so that it repeats to the byte."""
