"""How texts are written, and whether language versions agree."""
