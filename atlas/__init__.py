"""The engine: reads a folder of plain files and writes a static comparative atlas.

It knows actors, cases, concepts, claims, works and places; it knows no country. Each package
is one subsystem; imports run one way, in the order that pyproject.toml gives.
"""

import os

PACKAGE = os.path.dirname(os.path.abspath(__file__))
"""The folder of the engine's own modules."""

HOME = PACKAGE if os.path.isdir(os.path.join(PACKAGE, "templates")) else os.path.dirname(PACKAGE)
"""The folder that holds the engine's templates/: the package itself in a wheel, its parent in this repository."""
