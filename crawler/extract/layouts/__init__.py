"""The layouts, one file each. A new one is a file beside these and its name in `LAYOUTS`."""

from crawler.extract.layouts import aspx, flat, semantic, yyyymm
from crawler.extract.layouts.layout import Layout

#: Of layouts with equal evidence the first is taken.
LAYOUTS: tuple[Layout, ...] = (aspx.LAYOUT, yyyymm.LAYOUT, flat.LAYOUT)

#: Reads a page that none of them knows.
UNKNOWN = semantic.LAYOUT
