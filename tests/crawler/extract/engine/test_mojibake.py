"""Whether the letters of a text are sound."""

import pytest

from crawler.extract.engine import mojibake
from crawler.extract.engine.mojibake import LOST, what_is_wrong

SOUND = (
    "Sáng 12/9, tại xã Mỹ Hiệp, đoàn công tác của Sở Nông nghiệp và Môi trường khảo sát tuyến đê bao"
    " bảo vệ hơn 1.200ha lúa vụ Thu Đông. Nước lũ đầu nguồn về sớm hơn mọi năm nên bà con lo lắng."
)
#: The same words as TCVN3 and VNI put them, read as Western.
TCVN3 = (
    "S¸ng 12/9, t¹i x· Mü HiÖp, ®oµn c«ng t¸c cña Së N«ng nghiÖp vµ M«i tr­êng kh¶o s¸t tuyÕn ®ª bao"
    " b¶o vÖ h¬n 1.200ha lóa vô Thu §«ng. N­íc lò ®Çu nguån vÒ sím h¬n mäi n¨m nªn bµ con lo l¾ng."
)
VNI = (
    "Saùng 12/9, taïi xaõ Myõ Hieäp, ñoaøn coâng taùc cuûa Sôû Noâng nghieäp vaø Moâi tröôøng khaûo saùt"
    " tuyeán ñeâ bao baûo veä hôn 1.200ha luùa vuï Thu Ñoâng. Nöôùc luõ ñaàu nguoàn veà sôùm hôn moïi naêm."
)
FRENCH = (
    "Le président de la République a été reçu à l'hôtel de ville où la délégation vietnamienne était"
    " arrivée la veille ; les élus ont évoqué la coopération décentralisée et la santé des écoliers."
)


@pytest.mark.parametrize("text", [SOUND, SOUND.replace(" ", "\xa0"), FRENCH, SOUND * 20, "«Sáng»"])
def test_sound_letters(text):
    assert what_is_wrong(text) == (None, ())


@pytest.mark.parametrize("text", [TCVN3 * 2, VNI * 2, TCVN3 * 30])
def test_an_encoding_before_unicode_is_refused(text):
    why, flags = what_is_wrong(text)
    assert why
    assert flags == (LOST,)


def test_old_letters_beside_sound_ones_are_refused():
    """An old article under a new headline: most of its letters are lost."""
    assert what_is_wrong(SOUND[:90] + TCVN3 * 3)[0]


def test_question_marks_for_letters():
    assert what_is_wrong(SOUND.replace("ả", "?").replace("ô", "?").replace("đ", "?"))[0]
    assert what_is_wrong(SOUND + " Vì sao? Ai?") == (None, ())
    assert what_is_wrong(SOUND + " Ngu?n d?c bi?t") == (None, (LOST,))


@pytest.mark.parametrize("text", [SOUND, TCVN3, VNI, FRENCH, SOUND + TCVN3, SOUND * 9 + TCVN3, ""])
def test_the_quick_look_agrees_with_the_count(text, monkeypatch):
    """What `_is_plainly_vietnamese` waves through, the count of letters would, too."""
    quick = what_is_wrong(text)
    monkeypatch.setattr(mojibake, "_is_plainly_vietnamese", str.isascii)
    assert what_is_wrong(text) == quick
