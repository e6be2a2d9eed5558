"""Records for other programs: CSV, Excel's CSV, JSON Lines, Parquet, a data package.

`export` writes any of them. A file is written under a temporary name, its rows are counted against
the query, and only then does it get its own name: a failure never looks like a short file. The same
query on the same archive gives the same bytes.
"""

from archive.export.export import Exported, export, export_package
from archive.export.rows import COLUMNS

__all__ = ["COLUMNS", "Exported", "export", "export_package"]
