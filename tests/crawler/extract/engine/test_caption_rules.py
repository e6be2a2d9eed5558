"""Each rule by which a text is a picture's caption, and each by which it is not."""

import pytest

from crawler.extract.engine.caption_rules import RULES
from tests.crawler.extract.flower_village import SECOND, around

IMG = "<img src='/image/news/2026/hoa.jpg' alt='{}'>"
PICTURE = IMG.format("")
SHORT = "Bà con làng hoa chuyển cúc mâm xôi xuống ghe"

CAPTIONS = {
    "figcaption": f"<figure>{PICTURE}<figcaption>{SHORT}</figcaption></figure>",
    "figure": f"<figure>{PICTURE}<p>{SHORT}.</p></figure>",
    "table": f"<table><tr><td>{PICTURE}</td></tr><tr><td>{SHORT}.</td></tr></table>",
    "selector": f"<p>{PICTURE}</p><p class=note>{SHORT}.</p>",
    "class": f"<p>{PICTURE}</p><p class=caption>{SHORT}.</p>",
    "alt": f"<p>{IMG.format(SHORT)}</p><p>{SHORT}.</p>",
    "own-box": f"<div><div>{PICTURE}</div><div>{SHORT}.</div></div>",
    "same-paragraph": f"<p>{PICTURE}<br>{SHORT}.</p>",
    "italic": f"<p>{PICTURE}</p><p><em>{SHORT}.</em></p>",
    "centred": f"<p>{PICTURE}</p><p align=center>{SHORT}.</p>",
    "bare-line": f"<p>{PICTURE}</p><p>{SHORT}</p>",
    "set-apart": f"<p>{PICTURE}</p><p class=hoa>{SHORT}.</p>",
    "scene": f"<p>{PICTURE}</p><p>Quang cảnh buổi lễ trao giải hội hoa xuân.</p>",
    "places": f"<p>{PICTURE}</p><p>Ông Ba (bìa phải) kể chuyện trồng hoa trên giàn.</p>",
}

NOT_CAPTIONS = {
    "a sentence": "<p>Vụ hoa năm nay được mùa. Giá bán tại vườn giữ mức khá.</p>",
    "a subhead": f"<h2>{SHORT}</h2>",
    "a bold line": f"<p><b>{SHORT}</b></p>",
    "a question": "<p><em>Thưa ông, vụ hoa năm nay ra sao?</em></p>",
    "words of a letter": "<p><em>“Tôi nhớ mùa hoa cũ. Năm ấy nước lớn.”</em></p>",
    "an item": f"<p>- {SHORT}</p>",
    "an agency's mark": f"<p>ĐTO - {SHORT}.</p>",
    "a long text": f"<p><em>{SECOND} {SECOND} {SECOND}</em></p>",
    "text beside the picture": f"<table><tr><td>{PICTURE}</td><td>{SECOND}</td></tr></table>",
}


@pytest.mark.parametrize("rule", CAPTIONS)
def test_a_caption_and_its_rule(rule):
    article = around(CAPTIONS[rule])
    assert article.images[0].caption
    assert article.rules["images"].partition(":")[2] == rule
    assert article.images[0].caption not in article.paragraphs


@pytest.mark.parametrize("name", NOT_CAPTIONS)
def test_what_follows_a_picture_and_is_text(name):
    html = NOT_CAPTIONS[name]
    article = around(html if PICTURE in html else f"<p>{PICTURE}</p>{html}")
    assert [one.caption for one in article.images] == [None]
    assert len(article.paragraphs) == 4


def test_every_rule_has_a_name_of_its_own():
    assert len({rule.__name__ for rule in RULES}) == len(RULES)
