"""The tracer of walks: which calls it counts."""

import json

from archive import vietnamese
from archive.search.parser import parse
from benchmarks.walks import Walk, tracing


def traced(work):
    walk = Walk("a walk")
    with tracing(walk.see):
        work()
    return walk


def names(walk):
    return {file.rpartition("/")[2] for file in walk.files}


def test_only_files_of_ours_are_counted():
    assert not traced(lambda: json.dumps([1, 2])).files


def test_a_call_within_a_file_is_no_crossing():
    walk = traced(lambda: vietnamese.normalise("hoà"))
    assert names(walk) == {"vietnamese.py"}
    assert walk.calls >= walk.crossings == 1


def test_a_call_from_one_file_into_another_is_a_crossing():
    walk = traced(lambda: parse("hạn mặn"))
    assert {"parser.py", "vietnamese.py"} <= names(walk)
    assert walk.crossings >= 2


def test_pickles_are_counted():
    import pickle

    assert traced(lambda: pickle.loads(pickle.dumps([1]))).pickles == 2
