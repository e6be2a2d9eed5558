"""Pages that no rule was written for: a generator, and how the extraction reads them.

`python -m benchmarks.fresh [--write FOLDER] [--shell NAME] [--misses N]`. The shells are written
from what is known of the pages of the paper and of its sister papers, without regard to how the
extraction reads them; do not tune a shell to it. Texts are invented and composed from a seed, so
that every run makes the same pages.

What the expected Articles take as given, where the meaning was open:

- `body` holds the lead once, without its agency mark, though the page prints it twice or cut off.
- A caption above a picture in the same paragraph is a caption. A paragraph under a picture that
  has no caption is text if it is prose of two sentences or more.
- A `<br>` within a sentence is one space. A line of digits and signs is a paragraph.
- A row of a data table is one paragraph, cells parted by ` | `; a heading row is a row.
- An appeal under the byline ("Mọi đóng góp xin gửi về: …") is of the text.
- Questions of an interview keep their dash; a text that ends in `./.` keeps it.
- The printed byline is taken whole (`Bài, ảnh: …`, `Theo TTXVN`). "Nguồn: URL" below it is
  neither byline nor text. A placeholder (`Bút danh`) is nothing.
- Without a label, the shown stamp of generations A, B and C is `updated_at`. A date that stands
  only in metadata, or in `time`, may be given as `updated_at` or `published_at`: both are right
  on semantic, AMP and mobile pages and on pages of invented systems.
- `published_at` is JSON-LD `datePublished`, with its seconds. It is judged only where it differs
  from the shown stamp: whether the same moment is stated "apart from the update" is open.
- Tags are not judged: which of them are fixed on the site is known to a paper's definition only.
- Photo credits do not occur: whether a credit is part of the caption is for the golden pages.
"""
