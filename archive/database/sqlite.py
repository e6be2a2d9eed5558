"""sqlite-utils, without what it would load beside itself.

It imports pandas and numpy, where it finds them, to know their types: 0.4 s of every command and
40 MB of every crawl, and nobody here hands it a data frame. They are out of sight for this import.
"""

import sys

_UNSEEN = {"pandas", "numpy"} - sys.modules.keys()
sys.modules.update(dict.fromkeys(_UNSEEN))  # type: ignore[arg-type]  # None: not to be found
try:
    from sqlite_utils import Database, Migrations
finally:
    for _name in _UNSEEN:
        del sys.modules[_name]

__all__ = ["Database", "Migrations"]
