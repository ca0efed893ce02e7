"""The steps from one form of the tables to the next; they travel with the package."""

HEAD = "0005"
"""The migration that the tables of today are the result of."""
