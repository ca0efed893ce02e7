"""`python -m portalsync`."""

from portalsync.cli import main

main()
