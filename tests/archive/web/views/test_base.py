"""What the views read from a request."""

from urllib.parse import parse_qsl

import pytest
from datasette.utils.asgi import Request

from archive.web.i18n import choose_language
from archive.web.views.base import name_in, number_in, other_language, translator_of


def asked(path):
    """The request as a view gets it: the language is chosen before."""
    request = Request.fake(path, url_vars={"name": path.partition("?")[0].rpartition("/")[2]})
    seen = []

    async def view(scope, receive, send):
        seen.append(Request(scope, receive))

    scope = request.scope | {"headers": []}
    # Nothing in it waits; asyncio.run is refused where a browser's test has left a loop running.
    with pytest.raises(StopIteration):
        choose_language(view)(scope, None, None).send(None)
    return seen[0]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("page=12", 12),
        ("page=0", 0),
        ("", None),
        ("page=", None),
        ("page=-1", None),
        ("page=1.5", None),
        ("page=%C2%B2", None),  # "²" is a digit and no decimal
        ("page=1234567", None),
    ],
)
def test_a_number_of_the_query_is_small_and_whole(query, number):
    assert number_in(asked(f"/search?{query}"), "page") == number


def test_the_link_to_the_other_language_keeps_the_question():
    here = asked("/search?q=l%C3%BAa+m%C3%B9a&section=&lang=en")
    there = parse_qsl(other_language(here).removeprefix("?"), keep_blank_values=True)
    assert ("q", "lúa mùa") in there
    assert ("section", "") in there
    assert there[-1] == ("lang", "vi")


def test_going_there_and_back_reads_the_first_language_again():
    here = asked("/search?q=a")
    there = asked(f"/search{other_language(here)}")
    back = asked(f"/search{other_language(there)}")
    assert translator_of(there).language != translator_of(here).language
    assert translator_of(back).language == translator_of(here).language


def test_a_name_in_the_address_is_unquoted_once():
    assert name_in(asked("/articles/dto%3A80001")) == "dto:80001"
    assert name_in(asked("/articles/a%252Fb")) == "a%2Fb"
