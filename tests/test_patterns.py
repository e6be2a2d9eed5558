"""Every regular expression is linear: what a page, a header or a query brings costs no more.

Each pattern that `archive` and `crawler` compile is searched for in texts of 60,000 characters, in
a process of its own: a long run of one character, runs of the pattern's own words, and the two
mixed, since that is where a pattern that tries again from every place takes the square of the time.
"""

import ast
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
LENGTH = 60_000
#: Seconds of CPU for one search: a linear one takes some hundredths.
BOUND = 0.5
#: Mixed texts are so long at first, and of the full length if a search takes more than its share.
SHORT = 2_000

#: Modules whose patterns see no long text, with the reason.
BOUNDED = {
    "archive.search.parser": "a query is cut to `query.MAX_CHARACTERS` before any pattern sees it",
    "crawler.site.shapes": "an address is cut to `urls.MAX_ADDRESS` before any pattern sees it",
    "crawler.site.proposal": "addresses of over `LONGEST` characters propose nothing",
}

CHILD = r"""
import importlib, itertools, json, pkgutil, re, signal, sys

compiled = {}
compile_ = re.compile

def recording(pattern, flags=0):
    made = compile_(pattern, flags)
    frame = sys._getframe(1)
    where = frame.f_globals.get("__name__", "")
    while where in ("re", "crawler.extract.engine.boilerplate") and frame.f_code.co_name != "<module>":
        frame = frame.f_back
        where = frame.f_globals.get("__name__", "")
    if where.startswith(("archive", "crawler")):
        compiled.setdefault((made.pattern, made.flags), (made, f"{where}:{frame.f_lineno}"))
    return made

re.compile = recording
for package in map(importlib.import_module, ("archive", "crawler")):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
re.compile = compile_
for pattern, flags, where in json.load(sys.stdin):
    made = compile_(pattern.encode("latin-1") if flags == "bytes" else pattern)
    compiled.setdefault((made.pattern, made.flags), (made, where))

def char_of(items):
    "A character that a set holds."
    for kind, what in items:
        if str(kind) == "LITERAL":
            return chr(what)
        if str(kind) == "RANGE":
            return chr(what[0])
        if str(kind) == "CATEGORY":
            return {"SPACE": " ", "DIGIT": "0", "WORD": "a", "NOT_SPACE": "a", "NOT_DIGIT": "a",
                    "NOT_WORD": " "}[str(what).replace("CATEGORY_", "").replace("UNI_", "")]
        if str(kind) == "NEGATE":
            taken = {chr(one[1]) for one in items[1:] if str(one[0]) == "LITERAL"}
            return next(char for char in "a 0.-x\u200b~" if char not in taken)
    return "a"

REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")

def parts(op, value):
    "The sub-patterns of a node."
    name = str(op)
    if name == "BRANCH":
        return value[1]
    if name == "SUBPATTERN":
        return [value[-1]]
    if name in REPEATS:
        return [value[2]]
    if name in ("ASSERT", "ASSERT_NOT"):
        return [value[1]]
    return [value] if name == "ATOMIC_GROUP" else []

def repeats(tree, path=()):
    "Every repeat without a small end, however deep, and the sub-patterns that it stands in."
    for op, value in tree:
        if str(op) in REPEATS and value[1] > 100:
            yield value, frozenset(path)
        for part in parts(op, value):
            yield from repeats(part, (*path, id(part)))

def sample(tree, target, path, length, least):
    "A text *tree* begins to match, *target* drawn out to *length*, other repeats *least* times."
    text = ""
    for op, value in tree:
        name = str(op)
        inside = [part for part in parts(op, value) if id(part) in path]
        if name == "LITERAL":
            text += chr(value)
        elif name == "NOT_LITERAL":
            text += "a" if chr(value) != "a" else "b"
        elif name == "ANY":
            text += "a"
        elif name == "IN":
            text += char_of(value)
        elif name == "BRANCH":
            text += sample((inside or value[1])[0], target, path, length, least)
        elif name in REPEATS:
            one = sample(value[2], target, path, length, least)
            if value is target:
                # The text breaks off: nothing may be saved by what would have followed.
                return text + (one or "a") * (length // max(1, len(one)))
            text += one * (1 if inside else max(value[0], least))
        elif name not in ("ASSERT_NOT", "AT", "GROUPREF"):
            for part in parts(op, value):
                text += sample(part, target, path, length, least)
        if inside:
            return text
    return text

def words(tree):
    "The words that a pattern holds."
    word = ""
    for op, value in tree:
        if str(op) == "LITERAL":
            word += chr(value)
            continue
        if word:
            yield word
        word = ""
        for part in parts(op, value):
            yield from words(part)
    if word:
        yield word

RUNS = " \t\n\xa0" + "aZờĐ0²" + ".,:;-–/|_+@#&%=*?!" + "()[]<>{}\"'“\\" + "\x00\u200b"

def makers(made):
    "What makes a text of a given length, for each of the texts."
    tree = re._parser.parse(made.pattern, made.flags)
    for run in RUNS:
        yield lambda length, run=run: run * length
    mine = sorted(set(words(tree)))
    for word in mine[:: 1 + len(mine) // 30]:
        for one in (word, word + " "):
            yield lambda length, one=one: one * (length // len(one))
    for target, path in repeats(tree):
        for least in (0, 1):
            def drawn(length, target=target, path=path, least=least):
                return sample(tree, target, path, length, least)
            yield drawn
            yield lambda length, drawn=drawn: drawn(length) + "\x00"
            # The same run again and again: where a search may begin anew in each.
            yield lambda length, drawn=drawn: (drawn(40) + " ") * (length // 80) + "\x00"

def takes_longer(made, text, bound):
    subject = text if isinstance(made.pattern, str) else text.encode("utf-8")[:len(text)]
    signal.setitimer(signal.ITIMER_VIRTUAL, bound)
    try:
        made.search(subject)
        made.fullmatch(subject)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    except TimeoutError:
        return True
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return False

def late(*_):
    raise TimeoutError

signal.signal(signal.SIGVTALRM, late)
found = []
for made, where in compiled.values():
    if where.rpartition(":")[0] in BOUNDED:
        continue
    for make in makers(made):
        if takes_longer(made, make(SHORT), BOUND / 100) and takes_longer(made, make(LENGTH), BOUND):
            found.append([where, str(made.pattern)[:100], make(30)])
            break
json.dump({"patterns": len(compiled), "slow": found}, sys.stdout)
"""

_FUNCTIONS = {"search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}


def inline():
    """The patterns that are written where they are used: ``re.sub("…", …)``."""
    for path in sorted([*ROOT.glob("archive/**/*.py"), *ROOT.glob("crawler/**/*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr in _FUNCTIONS
                and isinstance(node.args[0], ast.Constant)
            ):
                pattern = node.args[0].value
                where = f"{path.relative_to(ROOT)}:{node.lineno}"
                if isinstance(pattern, bytes):
                    yield pattern.decode("latin-1"), "bytes", where
                else:
                    yield pattern, "text", where


def test_every_pattern_is_linear():
    constants = (
        f"LENGTH, SHORT, BOUND = {LENGTH}, {SHORT}, {BOUND}\nBOUNDED = {sorted(BOUNDED)!r}\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", constants + CHILD],
        input=json.dumps(list(inline())),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    result = json.loads(done.stdout)
    assert result["patterns"] > 150
    slow = ["  ".join(map(str, one)) for one in result["slow"]]
    assert not slow, "\n".join(slow)
