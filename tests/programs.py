"""What some tests need beyond Python: programs, and what only Linux has.

`make test` passes without them: such a test is skipped, and one line says what is missing and how to
get it. Where the environment variable CI is set, a missing program is a failure: its tests would
never run anywhere.
"""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

#: For tests that look at a process from outside.
needs_proc = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="looks into /proc, which only Linux has"
)
#: For tests that fill a disk.
needs_full_device = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="writes to /dev/full, which only Linux has"
)

#: Where installers on macOS put programs; not on the PATH.
_APPLICATIONS = {
    "google-chrome": "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "chromium": "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "soffice": "/Applications/LibreOffice.app/Contents/MacOS/soffice",
}


def find_program(*names: str) -> str:
    """The path of the first of *names* that is installed; see `missing`."""
    for name in names:
        if found := shutil.which(name) or shutil.which(_APPLICATIONS.get(name, name)):
            return found
    return missing(names[0], "`make programs` installs it on Debian and Ubuntu")


def missing(name: str, remedy: str) -> NoReturn:
    """Skip the test because *name* is not installed; in CI, fail."""
    message = f"{name} is not installed: {remedy}"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
