"""What all charts share: text, the document around a drawing, and PNG made from SVG."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from zlib import crc32

from archive.errors import UsageError

FONT = "'Source Sans 3','Noto Sans','DejaVu Sans',Arial,sans-serif"

#: Colours by class. A style sheet that names the class wins over these attributes.
INK, QUIET, GRID, NONE, PAPER = "#222", "#666", "#e2e2e2", "#dedede", "#fff"


def text(
    x: float,
    y: float,
    content: str,
    *,
    size: int = 12,
    anchor: str = "start",
    quiet: bool = True,
    weight: str = "400",
) -> str:
    """A line of text; *quiet* for labels beside the data."""
    name, fill = ("quiet", QUIET) if quiet else ("ink", INK)
    return (
        f'<text class="{name}" x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}"'
        f' fill="{fill}" font-weight="{weight}">{escape(content)}</text>'
    )


def svg(width: int, height: int, label: str, body: Iterable[str]) -> str:
    """The document; a screen reader reads *label*, and *body* may use ``url(#hatch)``."""
    lines = "\n".join(body)
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"\
 width="{width}" height="{height}" font-family="{FONT}" role="img" aria-label="{escape(label)}">
<!-- khobao --><defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"\
 patternTransform="rotate(45)"><rect class="paper" width="6" height="6" fill="{PAPER}"/>\
<line class="hatch" x1="0" x2="0" y1="0" y2="6" stroke="#ccc" stroke-width="3"/></pattern></defs>
<rect class="paper" width="{width}" height="{height}" fill="{PAPER}"/>
{lines}
</svg>
"""


def png(drawing: str) -> bytes:
    """The same drawing in pixels, large enough for print (about 300 dots an inch at 16 cm)."""
    try:
        import resvg_py
    except ImportError as error:
        raise UsageError(
            "PNG needs resvg; install it with: pip install 'khobao[plot]', or write .svg"
        ) from error
    pixels = bytes(resvg_py.svg_to_bytes(svg_string=drawing, zoom=2, dpi=96))
    # After the signature and the header, a comment names khobao: `--force` replaces no other.
    comment = b"tEXtSoftware\0khobao"
    chunk = (len(comment) - 4).to_bytes(4, "big") + comment + crc32(comment).to_bytes(4, "big")
    return pixels[:33] + chunk + pixels[33:]
