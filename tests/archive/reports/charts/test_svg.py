"""The document around a drawing, and PNG made from it."""

from __future__ import annotations

import struct
import sys
import xml.etree.ElementTree as ET
from zlib import crc32

import pytest

from archive.errors import UsageError
from archive.reports import charts
from archive.reports.charts.svg import png, svg, text
from archive.reports.trends import trends


def test_png_is_the_same_drawing_larger(years):
    pytest.importorskip("resvg_py")
    data = charts.png(charts.trend_chart(trends(years, ["lũ"], by="year")))
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20], "big") == 2 * 840


def test_letters_of_markup_stay_text():
    root = ET.fromstring(svg(20, 10, '"<Lũ> & hạn"', [text(1, 2, "<b>&")]))
    assert root.get("aria-label") == '"<Lũ> & hạn"'
    assert "".join(root.itertext()).strip() == "<b>&"


def test_a_png_is_whole_and_names_khobao():
    pytest.importorskip("resvg_py")
    data, at, chunks = png(svg(20, 10, "", [])), 8, []
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        name_and_content = data[at + 4 : at + 8 + length]
        (checksum,) = struct.unpack_from(">I", data, at + 8 + length)
        assert checksum == crc32(name_and_content)
        chunks.append(name_and_content)
        at += 12 + length
    assert chunks[0][:4] == b"IHDR"
    assert b"tEXtSoftware\0khobao" in chunks
    assert chunks[-1] == b"IEND"


def test_without_resvg_the_message_names_the_command_and_the_other_way(monkeypatch):
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(UsageError, match=r"pip install 'khobao\[plot\]', or write \.svg"):
        png(svg(20, 10, "", []))
