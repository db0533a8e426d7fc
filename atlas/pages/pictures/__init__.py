"""Pictures as files: SVG and CSV."""
