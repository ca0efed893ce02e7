"""Portals without an API: what people saw and set there by hand, kept in files that git sees."""
