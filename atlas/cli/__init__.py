"""The command line: the commands, and how they print."""
