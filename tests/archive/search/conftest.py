"""Archives to search."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def anything(new_shelf):
    shelf = new_shelf()
    shelf.add("COVID-19 ở TP.HCM", body='Ngày 19/5, 100% ca (x) *; NEAR AND NOT a"b title:x')
    return shelf.connection
