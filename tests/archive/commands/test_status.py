"""`khobao status` at a glance."""

from __future__ import annotations

import json


def test_status_at_a_glance(run):
    done = run("status")
    assert "3, stamped 2018-01-03 to 2018-03-01" in done.output
    assert "4; 1 article was edited, 1 time silently" in done.output
    assert "! no crawl has ended well yet" in done.output
    record = json.loads(run("status", "--format", "json").stdout)
    assert (record["articles"], record["gone"]) == (3, 1)
