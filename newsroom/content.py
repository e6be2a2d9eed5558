# ruff: noqa: E501 — markup as a page prints it is not broken to fit a column.
"""The words of a story as markup: paragraphs, subheads, pictures, and the differences among editors' hands.

Two stories of one template are never marked up quite alike: attributes, wrappers and entities vary with
`Story.style`, as they do where many people paste from Word into one CMS for a decade.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from html.entities import codepoint2name
from random import Random

from newsroom.records import CaptionShape, Picture, Story

_NAMED = {chr(code): f"&{name};" for code, name in codepoint2name.items() if 160 < code < 256}
_NAMED |= {"“": "&ldquo;", "”": "&rdquo;", "–": "&ndash;"}
_ENTITIES = str.maketrans(_NAMED)

_OPENINGS = (
    "<p>",
    '<p style="text-align: justify;">',
    '<p class="MsoNormal" style="text-align:justify">',
    '<p align="justify">',
    "<P>",
)


#: What pasting from Word leaves between paragraphs.
_LITTER = (
    "<p>&nbsp;</p>",
    "<p><o:p></o:p></p>",
    "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->",
    "<p></p>",
)


class Hand:
    """How one story's editor types: escapes, spacing, paragraph tags."""

    def __init__(self, story: Story) -> None:
        self.random = Random(story.style)
        luck = self.random.random
        old = story.template.startswith("a-")
        self._entities = old and luck() < 0.25
        self._opening, self._closing = self._tags(story, luck())
        self._span = luck() < 0.2
        self._spaces = luck()
        self.lazy = story.generation == "C" and luck() < 0.3
        self._litter = luck() < 0.4

    def _tags(self, story: Story, luck: float) -> tuple[str, str]:
        if story.template.startswith("a-2017") and luck < 0.15:
            return "<p>", ""  # nobody closed a paragraph in 2012
        if not story.template.startswith("a-") and luck < 0.15:
            return "<div>", "</div>"
        if story.template == "b" and luck < 0.3:
            return '<div class="para"><p>', "</p></div>"
        opening = _OPENINGS[int(luck * len(_OPENINGS))]
        return opening, "</P>" if opening == "<P>" else "</p>"

    def words(self, text: str) -> str:
        """*text* escaped, with this editor's entities."""
        escaped = escape(text, quote=False)
        return escaped.translate(_ENTITIES) if self._entities else escaped

    def running(self, text: str) -> str:
        """*text* of a paragraph: stray spaces, line ends, here and there an inline element."""
        pieces = self.words(text).split(" ")
        if len(pieces) > 12:
            place = 3 + int(self.random.random() * (len(pieces) - 8))
            if self._spaces < 0.25:
                pieces[place] += " "
            elif self._spaces < 0.5:
                pieces[place] += "&nbsp;"
            elif self._spaces < 0.75:
                pieces[place] += "\n"
            if self.random.random() < 0.15:
                tag = ("em", "strong", "u", "a")[int(self.random.random() * 4)]
                target = ' href="/tim-kiem?q=dong-thap"' if tag == "a" else ""
                pieces[place + 1] = f"<{tag}{target}>{pieces[place + 1]}"
                pieces[place + 3] += f"</{tag}>"
        return " ".join(pieces)

    def paragraph(self, marked_up: str) -> str:
        """A paragraph of the text."""
        inner = f'<span style="font-size:14px;">{marked_up}</span>' if self._span else marked_up
        litter = ""
        if self._litter and self.random.random() < 0.3:
            litter = "\n" + _LITTER[int(self.random.random() * len(_LITTER))]
        return f"{self._opening}{inner}{self._closing}{litter}"


def flow(
    story: Story,
    hand: Hand,
    *,
    mark: str,
    habits: tuple[CaptionShape, ...],
    subhead: Callable[[str], str],
    skip_lead: bool = False,
) -> list[str]:
    """The blocks of the text in order: paragraphs with the pictures among them.

    *mark* opens the first paragraph (``ĐTO - ``); *habits* are the caption shapes of the template.
    With *skip_lead* the first paragraph stands elsewhere on the page.
    """
    blocks = [image(each, hand, habits) for each in story.pictures if each.after == 0]
    for number, text in enumerate(story.paragraphs):
        if number in story.subheads:
            blocks.append(subhead(hand.words(text)))
        elif number > 0:
            blocks.append(hand.paragraph(hand.running(text)))
        elif not skip_lead:
            blocks.append(hand.paragraph(hand.words(mark) + hand.running(text)))
        blocks += [image(each, hand, habits) for each in story.pictures if each.after == number + 1]
    return blocks


def image(picture: Picture, hand: Hand, habits: tuple[CaptionShape, ...]) -> str:
    """A picture and its caption."""
    shape = picture.shape or habits[int(hand.random.random() * len(habits))]
    source = picture.host + picture.path
    tag = (
        f'<img alt="" src="{source}" style="width: 600px; height: 400px;" />',
        f'<img src="{source}" alt="" width="640" border="0">',
        f'<img class="img-responsive" src="{source}" title="" />',
    )[int(hand.random.random() * 3)]
    if hand.lazy:
        tag = f'<img class="lazy" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="{source}" alt="" />'
    if picture.caption is None:
        return f'<p style="text-align: center;">{tag}</p>'
    return _SHAPES[shape](tag, hand.words(picture.caption))


def _in_paragraph(tag: str, caption: str) -> str:
    return f'<p style="text-align: center;">{tag}<br />\n<em>{caption}</em></p>'


def _over_lines(tag: str, caption: str) -> str:
    words = caption.split(" ")
    half = len(words) // 2
    first, second = " ".join(words[:half]), " ".join(words[half:])
    return f'<p style="text-align: center;">{tag}<br />\n<em>{first}<br />\n{second}</em></p>'


def _over_nodes(tag: str, caption: str) -> str:
    # SEEN: the second line of a caption that begins with a comma.
    first, comma, second = caption.partition(",")
    return f'<p align="center">{tag}<br><em>{first}</em><br>\n<em>{comma}{second}</em></p>'


def _next_paragraph(tag: str, caption: str) -> str:
    return (
        f'<p style="text-align:center">{tag}</p>\n'
        f'<p style="text-align: center;"><em>{caption}</em></p>'
    )


def _table(tag: str, caption: str) -> str:
    return (
        '<table class="image center" align="center" width="500"><tbody>'
        f"<tr><td>{tag}</td></tr>\n<tr><td>{caption}</td></tr></tbody></table>"
    )


def _table_paragraph(tag: str, caption: str) -> str:
    return (
        '<table border="0" cellspacing="1" class="center image"><tbody>'
        f'<tr>\n<td>{tag}</td></tr><tr><td class="caption"><p>{caption}</p></td></tr></tbody></table>'
    )


def _figure(tag: str, caption: str) -> str:
    return f'<figure class="image">{tag}<figcaption>{caption}</figcaption></figure>'


def _note(tag: str, caption: str) -> str:
    return (
        f'<p class="image" style="text-align:center">{tag}</p><p class="note ignore">{caption}</p>'
    )


_SHAPES: dict[CaptionShape, Callable[[str, str], str]] = {
    "em": _in_paragraph,
    "em-lines": _over_lines,
    "em-nodes": _over_nodes,
    "next": _next_paragraph,
    "table": _table,
    "table-p": _table_paragraph,
    "figure": _figure,
    "note": _note,
}

_PARAGRAPH_TAG = re.compile(r"</?p[^>]*>", re.I)


def gallery(story: Story, hand: Hand) -> str:
    """The slider of a photo story."""
    items = "".join(
        f'<li class="item"><a class="zoom" href="{each.host}{each.path}">'
        f'<img src="{each.host}{each.path}" alt=""></a>'
        f'<div class="caption">{hand.words(each.caption or "")}</div></li>\n'
        for each in story.pictures
    )
    return f'<div class="photo-gallery"><ul class="slides">\n{items}</ul></div>'


def broken_lines(blocks: list[str]) -> str:
    """Blocks parted by line breaks instead of paragraphs, as pages of 2012 were typed."""
    return "<br />\n<br />\n".join(_PARAGRAPH_TAG.sub("", block) for block in blocks)
