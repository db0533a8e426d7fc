"""Makes a release: checks, metadata for archives, the list of the edition, and an archive of sources and site."""
