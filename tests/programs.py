"""Programs that are too large for a Python package: a browser, a spreadsheet."""

import os
import shutil

import pytest


def find_program(*names: str) -> str:
    """The path of the first of *names* that is installed; CI fails without, a desk skips the test."""
    for name in names:
        if found := shutil.which(name):
            return found
    message = f"{names[0]} is not installed: `make programs` installs Debian's"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
