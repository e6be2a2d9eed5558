"""A disk that fills up in mid-crawl: exit code 7, nothing torn, and the next run goes on.

Files may not grow beyond a limit (RLIMIT_FSIZE), which the kernel refuses as it does a full disk.
"""

import os
import resource
import subprocess
import sys

import pytest


@pytest.mark.parametrize("limit", [400_000, 1_500_000, 2_500_000])
def test_the_disk_fills_up(operator, newsroom, limit):
    done = subprocess.run(
        [
            *(sys.executable, "-m", "archive", "crawl", "-a", operator.path),
            *("--base-url", newsroom.base_url, "--delay", "0", "--timeout", "2"),
        ],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | operator.clock(),
        check=False,
    )
    assert done.returncode == 7, done.stdout + done.stderr
    operator.crawl(minutes=40)
    kept = {key for (key,) in operator.rows("SELECT key FROM articles")}
    assert kept == set(newsroom.expected())
    operator.khobao("verify", "-a", operator.path)
