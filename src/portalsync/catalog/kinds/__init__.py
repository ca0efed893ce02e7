"""Value kinds: how a value is checked, compared and worded."""
