"""The README of a data package: what it holds, how it was asked for, how to open it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def readme(
    query: str,
    understood: str,
    as_of: str | None,
    state: Mapping[str, Any],
    rows: Mapping[str, int],
) -> str:
    """The text, English first, the heart of it in Vietnamese after."""
    tables = "\n".join(f"| `{name}.csv` | {count:,} |" for name, count in rows.items())
    known = f"as it was known on {as_of}" if as_of else "as it was last known"
    biet = f"theo hiểu biết đến {as_of}" if as_of else "theo trạng thái mới nhất"
    return f"""# Báo Đồng Tháp Online: an extract

Articles of the newspaper of Đồng Tháp province, {known}.

| | |
|---|---|
| query | `{query or "(every article)"}` |
| understood as | {understood} |
| articles in this extract | {rows["articles"]:,} |
| articles in the archive | {state["articles"]:,} |
| stamps from … to | {state["first_stamp"] or "–"} … {state["last_stamp"] or "–"} |
| last observation | {state["observed_until"] or "–"} |
| captures | {state["captures"]:,} |
| khobao | {state["khobao"]}, extractor {", ".join(state["extractors"]) or "–"} |

| table | rows |
|---|---|
{tables}

`datapackage.json` describes every column (Data Package 2.0: frictionless, R, DuckDB …);
`….csv-metadata.json` says the same as CSVW. `SHA256SUMS` has the checksums:
`sha256sum --check SHA256SUMS`.

## Before you count

- **A zero is not always a zero.** `coverage.csv` says, for the whole archive, what was listed,
  stored, failed, blocked, gone and not yet fetched, by day and section. Set your counts against it.
- `updated_at` is what the paper prints as “Cập nhật ngày”: the time of the last update. The paper
  states no other; `published_at` is empty unless a page states it apart.
- `duplicate_of` marks word-for-word copies. They are kept; drop them if you count texts.
- An empty cell means that the page does not say.

## Opening it

The files are UTF-8, comma-separated, with one header line (RFC 4180). Bodies are longer than some
readers expect of a cell: in Python say `csv.field_size_limit(10_000_000)` first; pandas
(`pandas.read_csv("articles.csv")`), R (`readr::read_csv`) and DuckDB need nothing. For a double
click in Excel make the Excel flavour instead: `khobao export articles.csv --excel`; Excel cuts
cells after 32,767 characters.

## Rights

The texts and pictures belong to Báo Đồng Tháp and its authors. This extract is made for research
and quotation; it gives no licence to republish.

## Tiếng Việt

Trích xuất các bài của Báo Đồng Tháp Online, {biet}. Câu hỏi: `{query or "(mọi bài)"}`;
{rows["articles"]:,} bài. Trước khi đếm, hãy xem `coverage.csv`: ngày nào, chuyên mục nào đã thu
thập đủ, ngày nào còn thiếu. `updated_at` là giờ cập nhật do báo ghi; ô trống nghĩa là trang báo
không ghi. Văn bản và hình ảnh thuộc về Báo Đồng Tháp và các tác giả.
"""
