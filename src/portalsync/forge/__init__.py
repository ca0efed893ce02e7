"""Where pull requests live: the few things that portalsync says and reads there."""
