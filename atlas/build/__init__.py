"""The pipeline, what makes it incremental and parallel, and the cache."""
