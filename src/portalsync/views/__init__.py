"""Results -> text; one wording, one file per format."""
