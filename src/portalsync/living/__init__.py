"""What became of what was applied: changes by hand since, and drift."""
