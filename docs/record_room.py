"""Photographs the reading room, as the pictures of README and docs.

``python docs/record_room.py`` makes the demo's archive in a temporary folder, opens
``khobao serve`` on it, and writes ``docs/images/reading-room-*.jpg``. Run it when the pages change.
It needs Debian's Chromium (``make programs``). ``--all FOLDER`` photographs every page instead:
light, dark and on a phone, in both languages, from top to bottom, as PNG files to look at.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parent / "images"
KHOBAO = (sys.executable, "-P", "-m", "archive")

#: Without the last three, Chromium asks its makers' servers for news at every start.
FLAGS = [
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]

#: Every page of the room.
PAGES = {
    "front": "/",
    "search": "/search?q=han+man",
    "search-nothing": "/search?q=xyzzy",
    "article": "/article/dto:84085",
    "article-edited": "/article/dto:a250118",
    "diff": "/article/dto:a250118/diff",
    "trends": "/trends?q=lúa&q=%22hạn+mặn%22",
    "concordance": "/concordance?q=lúa&sort=right",
    "words": "/words?n=2",
    "collocates": "/collocates?q=lúa",
    "keyness": "/keyness?q=section:kinh-te&against=section:xa-hoi",
    "coverage": "/coverage",
    "questions": "/questions",
    "question": "/archive/silent_edits",
    "data": "/archive",
    "table": "/archive/articles",
    "row": "/archive/articles/1",
    "guide": "/guide",
    "not-found": "/article/dto:0",
}


@dataclass(frozen=True)
class View:
    """How a reader looks at a page; sizes in CSS pixels."""

    width: int
    height: int
    dark: bool = False
    phone: bool = False


LIGHT = View(1100, 760)
DARK = View(1100, 1000, dark=True)
PHONE = View(390, 844, phone=True)

#: Picture → page and view, in English for README.md and in Vietnamese for README.vi.md.
PICTURES = {
    "reading-room-search": ("/search?q=han+man", LIGHT),
    "reading-room-article-dark": ("/article/dto:84085", DARK),
    "reading-room-phone": ("/", PHONE),
}
LANGUAGES = {"en": "", "vi": ".vi"}


@contextmanager
def reading_room(archive: Path) -> Iterator[str]:
    """The address of a reading room that is open on *archive*."""
    serving = subprocess.Popen(
        [*KHOBAO, "serve", "--archive", archive, "--port", "0"], stderr=subprocess.PIPE, text=True
    )
    try:
        assert serving.stderr is not None
        for line in serving.stderr:
            if found := re.search(r"open at (http://\S+?)/? ", line):
                yield found[1]
                break
        else:
            sys.exit("khobao serve did not open the reading room")
    finally:
        serving.terminate()
        serving.wait()


def photograph(browser: Any, address: str, view: View, language: str, out: Path) -> None:
    """Write the picture *out*: a JPEG of what the window shows, a PNG of the whole page."""
    context = browser.new_context(
        viewport={"width": view.width, "height": view.height},
        color_scheme="dark" if view.dark else "light",
        is_mobile=view.phone,
        has_touch=view.phone,
        device_scale_factor=1.5 if view.phone else 1,
        locale=language,
    )
    try:
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        if out.suffix == ".png":
            page.screenshot(path=out, full_page=True)
        else:
            page.screenshot(path=out, quality=80, type="jpeg")
    finally:
        context.close()


def main() -> None:
    """Write the pictures that the command line asks for."""
    parser = argparse.ArgumentParser(description="Photographs the reading room.")
    parser.add_argument("--archive", type=Path, help="the demo's archive, if it is made already")
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every page, to look at")
    options = parser.parse_args()
    chromium = shutil.which("chromium") or sys.exit("chromium is not installed: make programs")
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        archive = options.archive or Path(place) / "demo"
        if not options.archive:
            subprocess.run([*KHOBAO, "demo", archive], check=True, stdout=subprocess.DEVNULL)
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with reading_room(archive) as room:
            for language, ending in LANGUAGES.items():
                if options.all:
                    options.all.mkdir(parents=True, exist_ok=True)
                    for kind, view in (("light", LIGHT), ("dark", DARK), ("phone", PHONE)):
                        for name, path in PAGES.items():
                            out = options.all / f"{name}-{kind}-{language}.png"
                            photograph(browser, room + path, view, language, out)
                else:
                    for name, (path, view) in PICTURES.items():
                        out = IMAGES / f"{name}{ending}.jpg"
                        photograph(browser, room + path, view, language, out)
        browser.close()


if __name__ == "__main__":
    main()
