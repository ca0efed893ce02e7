"""A plan -> commits -> a receipt."""
