"""One file per option; the order of `portalsync.catalog.OPTIONS` is the order people read."""
