"""The newsroom: a small newspaper served on loopback in the paper's three CMS generations.

The tests and the demo crawl it. It is a stand-in, not a yardstick: the layouts are judged on pages
that it never served.

=============  ========================================================================
`records`      Story and Picture: all that the newsroom means, before any markup
`sections`     the rubrics of each generation, with their numbers and list addresses
`vocabulary`   `topics` `prose`: composes articles from a seed, as many as asked
`specials`     hand-written articles (`written_a` `written_b` `written_c` `troubled`): every
               kind of page that is known
`fresh`        hand-written articles of these days and of the days to come
`days`         the script of days: edits, disappearances, returns, copies
`places`       where every story stands: number, day, sections
`newspaper`    Newspaper (all days) and Edition (one day); what every article means
`meaning`      Story → Article, without any page
`page_a/b/c`   the templates; `content` marks up text, `noise` and `lists` the rest
`pressroom`    address → reply, with the troubles of HTTP; `server` puts it on a socket
=============  ========================================================================

- **Add a story**: a ``special(…)`` in `written_…` (or in `fresh`, with its day). All that it
  means is a field of it; the pages, the lists and `Newsroom.expected` follow.
- **Add a trouble**: a word in `records.Delivery`, and a branch in `Pressroom` (``_deliver`` or
  ``_dressed``). For one test only, ``newsroom.override(path, Reply(…))``.
- **Add a day**: an entry in `days.DAYS`; `Newsroom.script` counts it.
- **Add a template**: for C, an entry in `page_c.TEMPLATES`; otherwise a module like `page_b`.
"""

from newsroom.connection import Request
from newsroom.newspaper import Newspaper, Script
from newsroom.pressroom import Reply
from newsroom.server import Newsroom

__all__ = ["Newspaper", "Newsroom", "Reply", "Request", "Script"]
