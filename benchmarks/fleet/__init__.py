"""A made-up network of firms, the same each time: `python -m benchmarks.fleet 1000 /some/folder`."""
