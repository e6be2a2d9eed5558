"""The report of a re-extraction: each article once per field, and three examples."""

from archive.models import Article, Image
from crawler.ingest.classify import Outcome
from crawler.reextract.report import ChangeReport, plain


def outcome(number, **fields):
    article = Article(f"Bài {number}", key=f"dto:{number}", **fields)
    return Outcome("article", f"https://baodongthap.vn/{number}", article=article)


def changes(report):
    return {name: sorted(change.articles) for name, change in report.fields.items()}


def test_a_field_counts_each_article_once():
    report = ChangeReport()
    before = Article("Bài 1", key="dto:1")
    report.add(outcome(1, byline="Mỹ Lý"), "article", before, "dto:1")
    report.add(outcome(1, byline="Mỹ Lý", lead="Sapo"), "article", before, "dto:1")
    assert changes(report) == {"byline": ["dto:1"], "lead": ["dto:1"]}
    assert report.changed == 2
    [example] = report.fields["byline"].examples
    assert (example.before, example.after) == (None, "Mỹ Lý")


def test_the_version_of_the_extractor_is_a_change_of_the_capture_alone():
    report = ChangeReport()
    before = Article("Bài 1", key="dto:1", extractor_version="1", rules=("old",))
    report.add(outcome(1, extractor_version="2", rules=("new",)), "article", before, "dto:1")
    assert (report.changed, changes(report)) == (1, {})


def test_an_outcome_is_described_with_its_reason_and_count():
    report = ChangeReport()
    report.add(Outcome("list", "https://baodongthap.vn/", named=12), "list", None, None)
    report.add(outcome(2), "failed (UnknownLayout)", None, None)
    report.add(Outcome("gone", "https://x.vn/3", why="404"), "article", Article("A"), "dto:3")
    assert [(e.article, e.before, e.after) for e in report.fields["(outcome)"].examples] == [
        ("https://baodongthap.vn/", "list", "list (12 articles)"),
        ("dto:2", "failed (UnknownLayout)", "article"),
        ("dto:3", "article", "gone (404)"),
    ]


def test_reports_of_two_processes_are_added():
    first, second = ChangeReport(read=3), ChangeReport(read=4, unreadable=["x"])
    for report, numbers in ((first, (1, 2)), (second, (2, 3, 4))):
        for number in numbers:
            before = Article(f"Bài {number}", key=f"dto:{number}")
            report.add(outcome(number, byline="B"), "article", before, f"dto:{number}")
    first.merge(second)
    assert (first.read, first.changed, first.unreadable) == (7, 5, ["x"])
    assert changes(first) == {"byline": ["dto:1", "dto:2", "dto:3", "dto:4"]}
    assert [e.article for e in first.fields["byline"].examples] == ["dto:1", "dto:2", "dto:3"]


def test_the_field_with_the_most_articles_comes_first():
    report = ChangeReport()
    for number in range(5):
        before = Article(f"Bài {number}", key=f"dto:{number}")
        new = outcome(number, byline="B", lead="L" if number < 2 else None)
        report.add(new, "article", before, f"dto:{number}")
    told = report.to_dict()
    assert list(told["fields"]) == ["byline", "lead"]
    assert told["fields"]["byline"]["articles"] == 5
    assert len(told["fields"]["byline"]["examples"]) == 3


def test_pictures_are_told_as_json_has_them():
    image = Image(1, "https://x.vn/a.jpg", caption="Chú thích")
    assert plain((image,))[0]["caption"] == "Chú thích"
