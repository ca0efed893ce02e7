"""The shapes of the files that a configuration consists of."""
