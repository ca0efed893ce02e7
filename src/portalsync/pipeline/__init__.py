"""Files and portal -> a plan: read, check, plan, one firm at a time."""
