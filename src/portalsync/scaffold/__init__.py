"""A new config repository: answers -> files -> a folder that works at once."""
