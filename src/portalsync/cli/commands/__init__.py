"""One thin file for each command; its function is the command and has its name."""
