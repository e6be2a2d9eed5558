"""Citations on the page and as files."""

from __future__ import annotations

import json
from typing import Any


def test_citations_name_the_version_and_the_capture(client: Any) -> None:
    bib = client.get("/article/dto:80111/cite.bib?version=1")
    assert bib.headers["content-disposition"] == 'attachment; filename="dto-80111.bib"'
    assert "tất bật" in bib.text
    assert "revision 1" in bib.text
    item = json.loads(client.get("/article/dto:80111/cite.json").text)[0]
    assert item["title"] == "Mùa nước nổi về sớm, người dân đầu nguồn phấn khởi"
    assert "sha1:" in client.get("/article/dto:80111/cite.txt").text
    assert client.get("/article/dto:80111/cite.ris").text.startswith("TY  - NEWS")
