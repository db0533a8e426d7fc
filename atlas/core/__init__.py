"""Problems and rules, the only reader and the only writer of files, YAML with places, work on all cores."""
