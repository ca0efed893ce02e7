"""How portalsync talks to a portal: one protocol, one HTTP client, entry points for others."""
