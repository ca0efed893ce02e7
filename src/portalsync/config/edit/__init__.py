"""Edits of people's YAML by position: what is not edited stays as it is, byte for byte."""
