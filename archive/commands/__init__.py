"""The commands of this package, one module for each kind of question; each joins the group."""

import sys

# sqlite-utils imports pandas and numpy, where it finds them, to know their types: 0.4 s of every
# command, and no command hands it a data frame. They are out of sight for this one import.
_UNSEEN = {"pandas", "numpy"} - sys.modules.keys()
sys.modules.update(dict.fromkeys(_UNSEEN))  # type: ignore[arg-type]  # None: not to be found
try:
    import sqlite_utils  # noqa: F401
finally:
    for _name in _UNSEEN:
        del sys.modules[_name]

from archive.commands.registry import register  # noqa: E402

__all__ = ["register"]
