"""The layouts, one file each. A new one is a file beside these and its name in `LAYOUTS`."""

from crawler.extract.layouts import aspx, flat, yyyymm
from crawler.extract.layouts.layout import Layout

#: Of layouts with equal evidence the first is taken.
LAYOUTS: tuple[Layout, ...] = (aspx.LAYOUT, yyyymm.LAYOUT, flat.LAYOUT)
