"""authors.toml: what it may say, and the errors of a wrong one."""

from __future__ import annotations

import pytest

from archive.authors.corrections import Corrections, read_corrections
from archive.errors import UsageError


def read(folder, text):
    (folder / "authors.toml").write_text(text, encoding="utf-8")
    return read_corrections(folder)


def test_no_file_corrects_nothing(tmp_path):
    assert read_corrections(tmp_path) == Corrections()


def test_names_are_compared_as_bylines_are(tmp_path):
    found = read(
        tmp_path,
        '[[same]]\nname = "Ngọc Lâm"\nalso = ["N.LÂM", "N. L"]\n'
        '[[different]]\nnames = ["Hồng Lâm", "HOÀNG LÂM", "Hữu Lâm"]\n',
    )
    assert found.same == {"n lâm": "ngọc lâm", "n l": "ngọc lâm"}
    assert found.shown == {"ngọc lâm": "Ngọc Lâm"}
    assert len(found.different) == 3
    assert frozenset(("hoàng lâm", "hữu lâm")) in found.different


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[same]]\nname = 'Lâm'", "same 1 also: Field required"),
        ("[[same]]\nname = ' '\nalso = ['L']", "same 1 name: "),
        ("[[same]]\nname = 'Lâm'\nalso = []", "same 1 also: "),
        ("[[sam]]\nname = 'Lâm'", "sam: "),
        ("[[different]]\nnames = ['Lâm']", "different 1 names: "),
        ("[[same]]\nname = 'A'\nalso = ['C']\n[[same]]\nname = 'B'\nalso = ['c']", "two authors"),
        ("[[same]]\nname = 'A'\nalso = ['B']\n[[same]]\nname = 'B'\nalso = ['C']", "an author's"),
        (
            "[[same]]\nname = 'A'\nalso = ['B']\n[[different]]\nnames = ['a', 'b']",
            "same and different",
        ),
        ("[[same", "authors.toml: "),
    ],
)
def test_a_wrong_file_is_refused_and_named(tmp_path, text, said):
    with pytest.raises(UsageError, match=r"authors\.toml") as error:
        read(tmp_path, text)
    assert said in str(error.value)
