"""A site whose certificate is not valid: nothing is asked, unless the configuration allows it."""

import subprocess
import sys

import pytest

from tests.nights.certificate import expired


@pytest.fixture
def site(tmp_path):
    """A server on loopback whose certificate ran out; the paths that it is asked for."""
    with expired(tmp_path) as site:
        yield site


def crawl(folder, base_url):
    return subprocess.run(
        [
            *(sys.executable, "-P", "-m", "archive", "crawl", "-a", folder, "--delay", "0"),
            "--base-url",
            base_url,
        ],
        capture_output=True,
        text=True,
        timeout=100,
    )


def test_a_certificate_that_is_not_valid_ends_the_run_before_anything_is_asked(site, tmp_path):
    base_url, asked = site
    done = crawl(tmp_path / "archive", base_url)
    assert done.returncode == 3
    said = " ".join(done.stdout.split())
    assert "certificate of" in said
    assert "verify_certificates" in said
    assert asked == []


def test_the_configuration_may_allow_it_and_the_captures_say_so(site, tmp_path):
    base_url, asked = site
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "khobao.toml").write_text("[crawl]\nverify_certificates = false\n")
    crawl(tmp_path / "archive", base_url)
    assert "/robots.txt" in asked
    import gzip

    [warc] = (tmp_path / "archive").glob("captures/*/*.warc.gz")
    assert b"tls: certificates not verified" in gzip.decompress(warc.read_bytes())
