"""The review of a plan, or of how things will be, as one HTML file."""
