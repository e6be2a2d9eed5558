"""The newsroom: a small newspaper served on loopback in the paper's three CMS generations.

The tests and the demo crawl it. It is a stand-in, not a yardstick: the layouts are judged on pages
that it never served.

=================  =============================================================================
`texts/`           the texts as TOML files: hand-written articles, topics, names; `data` reads them
`records`          Story and Picture: all that an article means, before any markup
`sections`         the sections of each generation, with their numbers and list addresses
`composed`         composes articles from a seed, as many as asked, with `text_generator`
`handwritten`      hand-written articles: one for each kind of page that is known
`days`             the script of days: edits, disappearances, returns, copies
`places`           the number, day and sections of each story; `article_numbers` gives numbers
`newspaper`        Newspaper (all days) and Edition (one day)
`expected`         Story → the Article that its page must give, made without any page
`page_a/b/c`       the templates; `content` marks up text, `lists` prints lists of articles
`page_chrome`      what frames an article: menu, clock, lists
`boilerplate`      everything else on a page: scripts, styles, adverts, footers
`front`            home page, section pages, error pages
`responses`        address → reply, with the faults of HTTP; `server` puts it on a socket
=================  =============================================================================

- **Add a story**: a ``[[story]]`` in a file in ``texts`` (``fresh.toml`` if its date follows the
  date of the crawl). The pages, the lists and `Newsroom.expected` follow from its fields.
- **Add a fault**: a word in `records.Delivery`, and a branch in `Responder` (``_deliver`` or
  ``_dressed``). For one test only, ``newsroom.override(path, Reply(…))``.
- **Add a day**: an entry in `days.DAYS`; `Newsroom.script` counts it.
- **Add a template**: for C, an entry in `page_c.TEMPLATES`; otherwise a module like `page_b`.
"""

from newsroom.connection import Request
from newsroom.newspaper import Newspaper, Script
from newsroom.responses import Reply
from newsroom.server import Newsroom

__all__ = ["Newspaper", "Newsroom", "Reply", "Request", "Script"]
