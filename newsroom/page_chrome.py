"""What stands around an article on its page, whatever its template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from newsroom.records import Story


@dataclass(frozen=True, slots=True)
class PageChrome:
    """What frames an article; the same for every page of the day except `related`."""

    clock: datetime
    """What the header's clock shows: the time of the visit, not of the article."""
    menu: str
    newest: str
    """The sidebar's list of the newest stories, with dates and sapos of their own."""
    popular: str
    related: tuple[Story, ...] = ()
