"""Client portals of accounting firms as code."""

__version__ = "0.1.0"
