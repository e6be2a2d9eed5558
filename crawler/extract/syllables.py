"""Whether a word is a syllable of Vietnamese, by its onset, rhyme and tone. Pure.

The language has about 160 rhymes and 28 onsets; every native word is one of each with one of six
tones. That is proof enough to tell an encoding from another without a dictionary.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

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
