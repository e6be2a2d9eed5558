"""Vietnamese text from before Unicode, TCVN3 (ABC) and VNI, turned into Unicode where proven. Pure.

Until about 2005 newsrooms wrote with fonts such as .VnTime and VNI-Times. Old articles were
imported, and paragraphs are still pasted, with the fonts' codes as Western letters: ``Tr­êng ®¹i
häc`` is *Trường đại học*. The proof is Vietnamese itself: read by the right table, nearly every
word that changes becomes a syllable of the language, and was none before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from lxml import etree

#: This many changed words prove an encoding …
_PROOF = 4
#: … if this share of them becomes syllables, …
_BECOME = 0.9
#: … and at most this share were syllables before.
_WERE = 0.35

_TCVN3 = dict(
    zip(
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§",
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
        strict=True,
    )
)
#: A vowel and the sign that VNI writes after it.
_VNI_SIGNS = {
    "a": dict(zip("øùûõïâáàåãäêéèúüë", "àáảãạâấầẩẫậăắằẳẵặ", strict=True)),
    "e": dict(zip("øùûõïâáàåãä", "èéẻẽẹêếềểễệ", strict=True)),
    "o": dict(zip("øùûõïâáàåãä", "òóỏõọôốồổỗộ", strict=True)),
    "u": dict(zip("øùûõï", "ùúủũụ", strict=True)),
    "y": dict(zip("øùûõ", "ỳýỷỹ", strict=True)),
    "ô": dict(zip("øùûõï", "ờớởỡợ", strict=True)),
    "ö": dict(zip("øùûõï", "ừứửữự", strict=True)),
}
_VNI_LETTERS = dict(zip("ñæóòîôö", "đỉĩịỵơư", strict=True))
_VNI = {
    first + second: letter
    for first, signs in _VNI_SIGNS.items()
    for second, letter in signs.items()
} | _VNI_LETTERS
_VNI |= {
    form: letter.upper()
    for old, letter in _VNI.items()
    for form in (old.upper(), old[0].upper() + old[1:])
}
_VNI_SIGN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_TABLES = {
    "tcvn3": re.compile(f"[{''.join(_TCVN3)}]"),
    "vni": _VNI_SIGN,
}
_MAPS = {"tcvn3": _TCVN3, "vni": _VNI}

#: A word in any of the three: letters, and the signs that stand for letters.
_WORD = re.compile(r"(?:[^\W\d_]|[¡-¿\u00ad×÷])+")
#: Letters and signs that no Vietnamese text in Unicode has, and both old encodings are full of.
_LIKELY = re.compile("[øïûåäñöë®\xad¸·¹µ¶¨©]")
_ENOUGH = 4

_INLINE = frozenset(
    "a abbr b big br em font i mark s small span strike strong sub sup u".split()  # noqa: SIM905
)


def is_likely(text: str) -> bool:
    """Whether *text* has enough of the signs of an old encoding to be looked at closely."""
    return len(_LIKELY.findall(text)) >= _ENOUGH


def read_as(encoding: str, text: str) -> str:
    """*text* by the table of *encoding* (``tcvn3``, ``vni``), proven or not.

    >>> read_as("vni", "Tröôøng ñaïi hoïc")
    'Trường đại học'
    """
    table = _MAPS[encoding]
    return _TABLES[encoding].sub(lambda found: table[found[0]], text)


def encoding_of(text: str, *, known: str | None = None) -> str | None:
    """The old encoding that *text* is proven to be in; None for any other text.

    Where the page has proven an encoding already (*known*), one word is enough.
    """
    for encoding in (known,) if known else _MAPS:
        assert encoding is not None
        words = [word for word in _WORD.findall(text) if _TABLES[encoding].search(word)]
        if len(words) < (1 if known else _PROOF):
            continue
        became = sum(is_syllable(read_as(encoding, word).strip("«»")) for word in words)
        were = sum(is_syllable(word.strip("«»")) for word in words)
        if became >= _BECOME * len(words) and were <= _WERE * len(words):
            return encoding
    return None


def mend(root: etree._Element) -> str | None:
    """Turn the old text under *root* into Unicode, block by block; its encoding, None without any.

    A block is judged with the text of its inline elements. The first pass needs proof from each
    block alone; then short blocks (a headline, a byline) follow those that have proven it.
    """
    blocks = list(_blocks(root))
    found: str | None = None
    for nodes in blocks:
        if encoding := encoding_of("".join(text for _, _, text in nodes)):
            found = encoding
            _rewrite(nodes, encoding)
    if found:
        for nodes in _blocks(root):
            if encoding_of("".join(text for _, _, text in nodes), known=found):
                _rewrite(nodes, found)
    return found


_Node = tuple[etree._Element, str, str]


def _blocks(root: etree._Element) -> Iterator[list[_Node]]:
    """The text nodes of each block that hold other letters than ASCII: (element, where, text)."""
    blocks: dict[etree._Element, list[_Node]] = {}
    for element in root.iter(etree.Element):
        own = None if element.tag in ("script", "style") else element.text
        for owner, where, text in (
            (element, "text", own),
            (element.getparent(), "tail", element.tail),
        ):
            if text and owner is not None and not text.isspace():
                blocks.setdefault(_block(owner), []).append((element, where, text))
    for nodes in blocks.values():
        if not all(text.isascii() for _, _, text in nodes):
            yield nodes


def _block(element: etree._Element) -> etree._Element:
    while element.tag in _INLINE and (parent := element.getparent()) is not None:
        element = parent
    return element


def _rewrite(nodes: Iterable[_Node], encoding: str) -> None:
    for element, where, text in nodes:
        setattr(element, where, read_as(encoding, text))


_ONSETS = (
    *("", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh"),
    *("nh", "p", "ph", "q", "qu", "r", "s", "t", "th", "tr", "v", "x"),
)
_RHYMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay  ăc ăm ăn ăng ăp ăt  âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et  ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu  iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot  oa oac oach oai oam oan oang oanh oao oap oat oay  oăc oăm oăn oăng oăt
    oe oen oeo oet  ooc oong  ô ôc ôi ôm ôn ông ôp ôt  ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut  uân uâng uât uây  uê uêch uênh uơ
    uy uya uych uyên uyêt uyn uynh uyt uyu  uôc uôi uôm uôn uông uôt
    ư ưa ưc ưi ưm ưn ưng ưt ưu  ươc ươi ươm ươn ương ươp ươt ươu  y yêm yên yêng yêt yêu
    """.split()  # noqa: SIM905 - a table is read better without 160 pairs of quotes
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"
#: Rhymes that end in a stop have the sharp (sắc) or the heavy tone (nặng).
_STOPS = ("c", "ch", "p", "t")
_OF_STOPS = frozenset("\u0301\u0323")


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether *word* is a possible syllable, in any case and with the tone in either place.

    >>> [is_syllable(word) for word in ("nghiêng", "Hoà", "quốc", "giữa", "ĐƯỜNG")]
    [True, True, True, True, True]
    >>> [is_syllable(word) for word in ("tr­êng", "été", "web", "bùt", "covid")]
    [False, False, False, False, False]
    """
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in letters if mark in _TONES]
    if len(tones) > 1:
        return False
    toneless = unicodedata.normalize("NFC", "".join(m for m in letters if m not in _TONES))
    if toneless.endswith(_STOPS) and not _OF_STOPS.issuperset(tones or "-"):
        return False
    return any(
        toneless.startswith(onset) and toneless[len(onset) :] in _RHYMES for onset in _ONSETS
    )
