"""How editors learn which schema is for which file."""
