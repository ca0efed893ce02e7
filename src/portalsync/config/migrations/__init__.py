"""From one `apiVersion` to the next: the same file, as its author would have written it in the new one."""
