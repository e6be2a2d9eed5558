"""``python -m archive``: the command ``khobao`` where the console script is not on the path."""

from archive.cli import main

main()
