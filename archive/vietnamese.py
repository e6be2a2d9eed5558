"""Vietnamese letters: folding, tone placement, alphabetical order. Pure.

Three facts shape this module (measured on SQLite 3.40.1, FTS5 ``unicode61``):

* no tokenizer folds đ to d, so a query for the plain index needs the same map as the index;
* Unicode does not unify tone placement: *hòa* and *hoà*, *thủy* and *thuỷ* are different strings in
  every normal form, though they are one word; the paper uses both, often in one article;
* bytewise order puts Đan after Zung; readers look for it between Dân and Em.

Words of search are *syllables*: runs of letters and digits, as the tokenizer cuts them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

# One syllable, as FTS5's unicode61 cuts it: letters and digits, with marks that stayed decomposed.
_SYLLABLE = re.compile(r"(?:[^\W_]|(?<=\w)[\u0300-\u036f])+")

# The two ways to write a tone on an open syllable that ends in oa, oe or uy. The old style puts it
# on the first vowel (hòa), the new one on the second (hoà). Elsewhere both styles agree: in qu- the
# u belongs to the consonant (quý, quả), and in a closed syllable the tone has one place (hoàn).
_OLD = ("òa óa ỏa õa ọa", "òe óe ỏe õe ọe", "ùy úy ủy ũy ụy")
_NEW = ("oà oá oả oã oạ", "oè oé oẻ oẽ oẹ", "uỳ uý uỷ uỹ uỵ")
_TONE_PLACES = {
    old: new
    for old_row, new_row in zip(_OLD, _NEW)
    for old, new in zip(old_row.split(), new_row.split())
}
_OTHER_PLACE = _TONE_PLACES | {new: old for old, new in _TONE_PLACES.items()}

_BETWEEN_NAMES = re.compile(r"[\s.]+")

_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_LETTER_MARKS = {"\u0306": 1, "\u0302": 2, "\u031b": 3}


def _fold_letter(letter: str) -> str:
    if letter in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 else letter


def _lower_letter(letter: str) -> str:
    lower = letter.lower()
    return lower if len(lower) == 1 else letter


# Latin with marks, Latin Extended Additional (every precomposed Vietnamese letter), and the
# combining marks are all the scripts the paper prints in; each maps to exactly one character, so
# that an offset in the folded text is an offset in the original.
_MAPPED = [*range(0x41, 0x250), *range(0x1E00, 0x1F00)]
_FOLD = {code: _fold_letter(chr(code)) for code in _MAPPED}
_LOWER = {code: _lower_letter(chr(code)) for code in _MAPPED}


# Letters that look like another letter and are typed in its place: Đ as U+00D0, and Cyrillic or
# Greek letters from other keyboards, from scanners, or typed to hide a word.
_TWINS = dict(
    zip(
        "ÐƉðɖǍǎıАВЕЅІЈКМНОРСТУХаеорсухіјѕԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοѵ",
        "ĐĐđđĂăiABESIJKMHOPCTYXaeopcyxijsdqwABEZHIKMNOPTYXov",
        strict=True,
    )
)
# Zero-width signs, directions, soft hyphens, variation selectors and control characters:
# crawler.extract.text removes some of them from every page, and a query can hold all.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff"
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"
)
_LETTERS = "ăâđêôơưĂÂĐÊÔƠƯ" + "".join(
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in _TONES
)
# What needs no second look: ASCII that is seen, Vietnamese, and signs that the indexes skip.
_USUAL = re.compile(f"[\t-\r\x1c-~{_LETTERS}“”‘’–—…•«»°™®©]*")
_TONE_FIRST = re.compile(
    "(?<![\u0300\u0301\u0303\u0309\u0323])([\u0300\u0301\u0303\u0309\u0323]++)([\u0302\u0306\u031b])"
)


class _Simple(dict[int, str]):
    """For `str.translate`: each character as the plain one it stands for."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _simple(chr(code))
        return plain


def _simple(letter: str) -> str:
    if letter in _TWINS:
        return _TWINS[letter]
    if _INVISIBLE.match(letter):
        return ""
    kind = unicodedata.category(letter)
    if kind[0] == "Z":
        return " "
    plain = unicodedata.normalize("NFKC", letter)
    # ﬁ, full width and ² are letters and digits for the indexes; ™ and ½ are better left alone.
    if kind[0] in "LN" and plain != letter and "\u2044" not in plain:
        return "".join(_TWINS.get(each, each) for each in plain)
    return letter


_SIMPLE = _Simple()


def normalise(text: str) -> str:
    """*text* as it is searched: one spelling for each word.

    NFC; marks in the order that composes (tone before circumflex, too); Đ for its doubles; no
    invisible character; every space a plain one; compatibility forms as their letters. Queries and
    what the indexes hold both go through here (`archive.database.respelling`); the text kept and
    shown stays as the paper has it.

    >>> normalise("Đo\\u0302\\u0300ng") == normalise("Ðo\\u0300\\u0302ng") == "Đồng"
    True
    """
    text = unicodedata.normalize("NFC", text)
    if _USUAL.fullmatch(text):
        return text
    # What stood between a letter and its mark may be gone now.
    text = unicodedata.normalize("NFC", text.translate(_SIMPLE))
    if "\u0335" in text or "\u0336" in text:  # a d and a stroke over it
        text = re.sub("d[\u0335\u0336]", "đ", re.sub("D[\u0335\u0336]", "Đ", text))
    if "\u0302" in text or "\u0306" in text or "\u031b" in text:
        # The paper's own editors have typed é and then the circumflex; no normal form mends that.
        parts = _TONE_FIRST.sub(r"\2\1", unicodedata.normalize("NFD", text))
        text = unicodedata.normalize("NFC", parts)
    return text


# A letter with all that belongs to it.
_CLUSTER = re.compile(f"[^\u0300-\u036f](?:[\u0300-\u036f]|{_INVISIBLE.pattern})*+", re.DOTALL)


def aligned(text: str) -> tuple[str, list[int]]:
    """*text* normalised, and for each of its characters (and its end) the place in *text*.

    >>> aligned("Ða\\u00adn")
    ('Đan', [0, 1, 3, 4])
    """
    parts: list[str] = []
    places: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        plain = normalise(cluster[0])
        parts.append(plain)
        places.extend([cluster.start()] * len(plain))
    return "".join(parts), [*places, len(text)]


def same(one: str, other: str) -> bool:
    """Whether two names are spellings of one: see `name_key`.

    >>> same("DŨNG CHINH", "Dũng Chinh"), same("Mỹ Lý", "My Ly")
    (True, False)
    """
    return name_key(one) == name_key(other)


def name_key(name: str) -> str:
    """The common form of all spellings of a name that differ in capitals, points, spaces or in the
    place of a tone.

    >>> name_key("DŨNG  CHINH"), name_key("N.LONG") == name_key("N. Long")
    ('dũng chinh', True)
    >>> name_key("Hoà Hiệp") == name_key("Hòa Hiệp"), name_key("Thúy") == name_key("Thủy")
    (True, False)
    """
    words = _BETWEEN_NAMES.split(lower(name).strip(" ."))
    return " ".join(min(spellings(word)) for word in words)


def fold(text: str) -> str:
    """*text* in lower case without any mark, đ as d.

    The result has one character for each of ``normalise(text)``, so offsets can be carried back.

    >>> fold("Đồng Tháp: công tác DÂN VẬN")
    'dong thap: cong tac dan van'
    """
    return normalise(text).translate(_FOLD)


def lower(text: str) -> str:
    """*text*, normalised, in lower case, character by character, marks kept.

    >>> lower("ĐỒNG THÁP")
    'đồng tháp'
    """
    text = normalise(text)
    lowered = text.lower()
    # Twenty times as fast as a table, but a few letters (İ) grow when they are lowered.
    return lowered if len(lowered) == len(text) else text.translate(_LOWER)


def syllables(text: str) -> list[str]:
    """The words of *text* as the search indexes cut them, in lower case.

    >>> syllables("TP.HCM: dịch COVID-19, ngày 19/5")
    ['tp', 'hcm', 'dịch', 'covid', '19', 'ngày', '19', '5']
    """
    return _SYLLABLE.findall(lower(text))


@lru_cache(maxsize=4096)
def pattern(syllable: str) -> str:
    """A regular expression for *syllable* in either case and with whatever marks.

    >>> bool(re.fullmatch(pattern("duong"), "Đường")), bool(re.fullmatch(pattern("duong"), "dung"))
    (True, False)
    """
    return "".join(_marked_forms().get(letter, re.escape(letter)) for letter in fold(syllable))


@cache
def _marked_forms() -> dict[str, str]:
    forms: dict[str, list[str]] = {}
    for code, letter in _FOLD.items():
        if letter.isascii() and letter.isalpha():
            forms.setdefault(letter, []).append(chr(code))
    return {letter: f"[{''.join(all_forms)}]" for letter, all_forms in forms.items()}


def has_marks(text: str) -> bool:
    """Whether any letter of *text* carries a mark or is đ, so that it was typed in Vietnamese.

    >>> has_marks("dân van"), has_marks("dan van"), has_marks("đi"), has_marks("COVID-19")
    (True, False, True, False)
    """
    return lower(text) != fold(text)


@lru_cache(maxsize=4096)
def spellings(syllable: str) -> tuple[str, ...]:
    """*syllable* as typed, then with its tone on the other vowel if both places are in use.

    >>> spellings("hòa"), spellings("thuỷ"), spellings("quý"), spellings("hoàn")
    (('hòa', 'hoà'), ('thuỷ', 'thủy'), ('quý',), ('hoàn',))
    """
    syllable = lower(syllable)
    other = _OTHER_PLACE.get(syllable[-2:])
    if other is None or syllable[-3:-2] == "q":
        return (syllable,)
    return syllable, syllable[:-2] + other


def sort_key(name: str) -> str:
    """A string that sorts bytewise as the Vietnamese alphabet does: a ă â b … d đ e ê …, then tone.

    Syllable by syllable, as dictionaries have it: every *Hoa …* stands before any *Hòa …*. Case and
    punctuation do not count. It is kept in the database, for ``ORDER BY`` knows bytes only.

    >>> sorted(["Đan", "ăn", "Em", "Ân", "An", "Dân", "Án"], key=sort_key)
    ['An', 'Án', 'ăn', 'Ân', 'Dân', 'Đan', 'Em']
    """
    return " ".join(_syllable_key(syllable) for syllable in syllables(name))


def _syllable_key(syllable: str) -> str:
    tone = 0
    letters: list[str] = []
    for letter in unicodedata.normalize("NFD", syllable):
        if letter in _TONES:
            tone = _TONES[letter]
        elif letter in _LETTER_MARKS and letters:
            letters[-1] = f"{letters[-1][0]}{_LETTER_MARKS[letter]}"
        elif letter == "đ":
            letters.append("d1")
        elif not unicodedata.combining(letter):
            letters.append(f"{letter}0")
    # The space sorts before every letter, so the shorter syllable comes first.
    return f"{''.join(letters)} {tone}"
