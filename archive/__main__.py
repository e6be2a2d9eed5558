"""``python -m archive``: the command ``khobao`` where the console script is not on the path."""

import sys

if not sys.flags.safe_path:
    # A random.py in the current folder must not be imported as if it were Python's own.
    sys.path.pop(0)

from archive.cli import main

main()
