"""Files and packages of other tools, opened by what they are."""

import gzip
import io
import zipfile

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.warc.foreign import records
from archive.warc.lenient import FoundRecord

BODY = b"<html>" + b"body " * 100


def foreign(**options):
    """Three responses as warcio writes them."""
    out = io.BytesIO()
    tool = WARCWriter(out, **options)
    for number in range(3):
        tool.write_record(
            tool.create_warc_record(
                f"http://www.baodongthap.com.vn/a-{number}.aspx",
                "response",
                payload=io.BytesIO(BODY),
                http_headers=StatusAndHeaders("200 OK", [], protocol="HTTP/1.1"),
            )
        )
    return out.getvalue()


def zipped(data, compression):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        package.writestr("archive/data.warc.gz", data)
        package.writestr("datapackage.json", "{}")
    return out.getvalue()


FORMS = {
    "by record": lambda: foreign(gzip=True),
    "in one piece": lambda: gzip.compress(foreign(gzip=False)),
    "plain": lambda: foreign(gzip=False),
    "wacz": lambda: zipped(foreign(gzip=True), zipfile.ZIP_STORED),
    "deflated wacz": lambda: zipped(foreign(gzip=True), zipfile.ZIP_DEFLATED),
}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # warcio's
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["theirs.warc.gz", "theirs.wacz", "theirs"])
def test_every_form_reads_the_same_whatever_it_is_called(tmp_path, form, name):
    path = tmp_path / name
    path.write_bytes(FORMS[form]())
    found = list(records(path, lambda _: 1 << 20))
    assert [one.record.block.partition(b"\r\n\r\n")[2] for one in found] == [BODY] * 3


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("form", ["by record", "plain", "wacz"])
def test_a_file_that_breaks_off_says_so(tmp_path, form):
    path = tmp_path / "theirs"
    path.write_bytes(FORMS[form]()[:-50])
    found = list(records(path, lambda _: 1 << 20))
    assert len([one for one in found if isinstance(one, FoundRecord)]) >= 2
    [damage] = [one for one in found if not isinstance(one, FoundRecord)]
    assert damage.what.startswith("theirs")
