"""The pipeline of a build, its incremental and parallel execution, and its cache."""
