"""A site whose certificate is not valid: nothing is asked, unless the configuration allows it."""

import datetime
import http.server
import ipaddress
import ssl
import subprocess
import sys
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@pytest.fixture
def site(tmp_path):
    """A server on loopback with a certificate that nobody known has signed; counts requests."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=9))
        .not_valid_after(now + datetime.timedelta(days=9))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    asked = []

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


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
