"""Start the program from a checkout: the same as the command ``annotator``."""

from annotator.cli import main

main()
