"""Records as other tools write them, byte by byte: what warcio would not write."""

import gzip
import hashlib
from base64 import b32encode, b64encode

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>
<form><div class="pageListLeft"><a href="/xa-hoi">Xã hội</a>
<div class="view-page-Tit">{title}</div>
<div class="date"><span>Cập nhật ngày: 14/08/2019 06:21:40</span></div>
<p><strong>Từ đầu tuần, {title} chạy thêm hai chuyến lúc nửa đêm để bà con chở rau ra chợ đầu
mối.</strong></p><p>Mỗi đêm có chừng 40 lượt xe chở hành, cải và ớt qua sông.</p>
<p>Huyện đã lắp thêm sáu bóng đèn và hai phao cứu sinh ở đầu cầu dẫn.</p>
<p style="text-align:right"><strong>Lâm Quới</strong></p><div class="back">Trở về trang trước</div>
</div><div id="footer">Cơ quan chủ quản</div></form></body></html>"""


def url(number):
    return f"https://baodongthap.vn/xa-hoi/ben-pha-ven-song-so-{number}.aspx"


def page(number, title="Bến phà ven sông số {n}"):
    return PAGE.format(title=title.format(n=number)).encode()


def http(body, *, line=b"\r\n", status=b"HTTP/1.1 200 OK", more=()):
    head = [status, b"Content-Type: text/html; charset=utf-8", *more, b"", b""]
    return line.join(head) + body


def warc(kind="response", block=b"", *, number=90001, date="2019-08-15T01:02:03Z", **fields):
    """One record; a field of None is left out."""
    named = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{kind}-{number}-{date}>",
        "WARC-Date": date,
        "WARC-Target-URI": url(number),
        "Content-Type": f"application/http; msgtype={kind}",
        "Content-Length": str(len(block)),
    } | {name.replace("_", "-"): value for name, value in fields.items()}
    lines = ["WARC/1.0", *(f"{k}: {v}" for k, v in named.items() if v is not None), "", ""]
    return "\r\n".join(lines).encode() + block + b"\r\n\r\n"


def article(number, **fields):
    return warc(block=http(page(number)), number=number, **fields)


def revisit(number, digest=None, date="2019-09-15T01:02:03Z", **fields):
    profile = "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"
    block = fields.pop("block", http(b""))
    fields = {"WARC_Profile": profile, "WARC_Payload_Digest": digest} | fields
    return warc("revisit", block, number=number, date=date, **fields)


def digests(body):
    """The digest of *body* in the spellings of the tools."""
    sha1, sha256 = hashlib.sha1(body).digest(), hashlib.sha256(body).digest()
    return {
        "base32": "sha1:" + b32encode(sha1).decode(),
        "lower case": "sha1:" + b32encode(sha1).decode().lower(),
        "hex": "sha1:" + sha1.hex(),
        "upper-case hex": "SHA1:" + sha1.hex().upper(),
        "base64": "sha1:" + b64encode(sha1).decode(),
        "a space": "sha1: " + b32encode(sha1).decode(),
        "sha256": "sha256:" + sha256.hex(),
        "sha-256": "sha-256:" + sha256.hex(),
        "sha256 in base32": "sha256:" + b32encode(sha256).decode(),
        "md5": "md5:" + hashlib.md5(body).hexdigest(),
    }


def packed(*records):
    return b"".join(map(gzip.compress, records))
