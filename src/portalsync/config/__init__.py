"""Files -> documents -> valid configuration -> what each firm is to have."""
