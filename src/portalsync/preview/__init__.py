"""Pages of the portal as files: what clients will find, before they find it."""
