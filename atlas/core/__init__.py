"""The lowest layer: problems, rules, reading and writing files, YAML with positions, parallel work."""
