"""The steps from one form of the tables to the next; they travel with the package."""
