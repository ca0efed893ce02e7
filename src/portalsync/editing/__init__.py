"""The workbench: pages of files while somebody edits them, renewed on each save."""
