"""Each failure that khobao can name has an exit code (docs/operating.md)."""

import inspect

import pytest

from archive import errors

#: Written out from docs/operating.md, "Exit codes".
CODES = {
    "UsageError": 2, "NoArchive": 2, "NotFound": 2, "NoRevision": 2,
    "ExtractionError": 4, "UnknownLayout": 4, "NotAnArticle": 4, "AnotherArticle": 4,
    "EmptyArticle": 4, "DamagedPage": 4, "TooLarge": 4,
    "ArchiveLocked": 6, "DiskFull": 7,
    "KhobaoError": 1, "CorruptCapture": 1, "SchemaTooNew": 1,
}  # fmt: skip


def test_each_failure_has_its_exit_code():
    found = {
        name: each.exit_code
        for name, each in vars(errors).items()
        if inspect.isclass(each) and issubclass(each, errors.KhobaoError)
    }
    assert {name: code for name, code in found.items() if CODES.get(name, code) != code} == {}
    assert set(CODES) <= set(found)


@pytest.mark.parametrize(
    ("last", "said"), [(1, "it has one revision only"), (3, "it has the revisions 1 to 3")]
)
def test_a_missing_revision_says_which_there_are(last, said):
    error = errors.NoRevision("dto:84085", 9, last)
    assert str(error) == f"dto:84085 has no revision 9; {said}"
    assert (error.key, error.number, error.last) == ("dto:84085", 9, last)
