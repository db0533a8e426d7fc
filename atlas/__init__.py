"""The engine: it turns a folder of plain files into a static comparative atlas.

It knows actors, cases, concepts, claims, works and places; it knows no country. The modules are
listed in reading order in CONTRIBUTING.md, and imports run one way along that list.
"""
