"""Static previews: pages in folders, and an index to find them by."""
