"""Why something is as it is: a setting, a page, and how far a line of a file reaches."""
