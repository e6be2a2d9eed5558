"""The lead of an article: which paragraph is it, and does the page mark one?"""

from __future__ import annotations

from crawler.extract.engine import boilerplate
from crawler.extract.engine.candidate import ArticleCandidate
from crawler.extract.engine.dom import Element
from crawler.extract.engine.style import class_id
from crawler.extract.text import fold, split_agency

#: Letters of a shorter bold first line, which is a subhead.
_SHORT = 60
#: Letters of the page's description that are compared, and letters that are enough for it.
_COMPARED, _ENOUGH = 60, 40


def find_lead(candidate: ArticleCandidate, *, marked: bool) -> tuple[str | None, str]:
    """(the lead, the rule that found it).

    *marked* is for a layout that sets its lead apart: a plain first paragraph is not one.
    """
    if not candidate.body:
        return None, ""
    at = candidate.lead_index
    for index, block in enumerate(candidate.paragraphs):
        if block.role == "lead":
            if index != at and candidate.paragraphs[at].is_prose:
                candidate.flags.append("lead:selector-disagrees")
            return candidate.body[index], "selector"
    rule = _mark(candidate, at) if marked else _first(candidate, at)
    return (candidate.body[at] if rule else None), rule


def _first(candidate: ArticleCandidate, at: int) -> str:
    """The rule for the first paragraph after title and stamp (docs/site.md §5); empty for none."""
    block = candidate.paragraphs[at]
    if boilerplate.LEAD_CLASSES.search(block.classes):
        return "lead-class"
    is_subhead = block.context.level or (
        block.bold
        and len(block.text) < _SHORT
        and len(candidate.body) > 1
        and not split_agency(block.text, candidate.doc.paper.agency_marks)[0]
    )
    return "" if is_subhead and not block.is_prose else "first-paragraph"


def _mark(candidate: ArticleCandidate, at: int) -> str:
    """How the page marks its lead: a box, bold type, the agency, its own word; empty for not."""
    paragraphs, text = candidate.paragraphs[at:], candidate.body[at]
    block = paragraphs[0]
    if boilerplate.LEAD_CLASSES.search(block.classes):
        return "lead-class"
    if block.bold or block.context.level or block.em:
        return "set-apart" if block.is_prose else ""
    if candidate.agency[0]:
        return "agency-mark"
    if len(paragraphs) > 1 and _apart([one.element for one in paragraphs[:3]]):
        return "own-box"
    metas = candidate.doc.metas
    stated = fold(metas.get("description") or metas.get("og:description") or "")[:_COMPARED]
    if len(stated) >= _ENOUGH and fold(text).startswith(stated):
        return "stated"
    return "only-paragraph" if len(paragraphs) == 1 else ""


def _apart(elements: list[Element]) -> bool:
    """Whether the first paragraph stands outside the box about those after it: about two of them,
    or the text's own by its name.
    """
    first, second, *third = elements
    # Held in a list: lxml makes a new object for an element that is not referenced.
    about = [third[0], *third[0].iterancestors()] if third else []
    for box in (second, *second.iterancestors()):  # itself where the text is bare
        if box in about or (not third and boilerplate.CONTENT_CLASSES.search(class_id(box))):
            return box not in first.iterancestors() and first is not box
    return False
