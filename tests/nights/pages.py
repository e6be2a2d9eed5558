"""Pages that are no articles and no lists, as sites in trouble show them."""

from __future__ import annotations

import re
from dataclasses import replace

from newsroom import Reply, front
from newsroom.lists import item
from tests.nights.visits import Visit

HTML = (("Content-Type", "text/html; charset=utf-8"),)


def page(text: str, status: int = 200) -> Reply:
    """A page of its own."""
    return Reply(status, text.encode(), HTML)


def notice(text: str) -> str:
    """A page that says one thing."""
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{text}</title></head>'
        f"<body><h1>{text}</h1></body></html>"
    )


def login() -> str:
    """A form that asks who is there."""
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Đăng nhập</title></head><body>'
        '<h1>Đăng nhập</h1><form method="post"><input name="user"><input type="password" name="p">'
        '<button>Đăng nhập</button></form><a href="/quen">Quên mật khẩu?</a></body></html>'
    )


def parked() -> str:
    """What stands at a domain that nobody pays for."""
    return (
        "<!DOCTYPE html><html><head><title>baodongthap.vn</title></head><body>"
        "<h1>baodongthap.vn</h1><p>This domain is for sale. Buy this domain.</p>"
        '<ul><li><a href="https://parked.example/1">Related searches</a></li></ul></body></html>'
    )


def cookie_challenge() -> str:
    """A script that sets a cookie and comes again."""
    return (
        "<html><head><script>document.cookie='D1N=5f2c8a;path=/';location.reload();</script>"
        "</head><body></body></html>"
    )


def refresh(where: str) -> str:
    """A page that leads elsewhere at once."""
    return f'<html><head><meta http-equiv="refresh" content="0;url={where}"></head><body></body></html>'


def drawn_by_scripts() -> str:
    """All that a browser is sent of a page that scripts draw."""
    return (
        '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Báo Đồng Tháp</title>'
        '<script type="module" src="/assets/index-5e1f.js"></script></head>'
        '<body><div id="app"></div></body></html>'
    )


def empty_shell(visit: Visit) -> Reply:
    """The article's page with its title and nothing else."""
    return page(front.empty_shell(visit.story.title, visit.room.chrome))


def not_found_with_sidebar(visit: Visit) -> Reply:
    """A page of full size that says the article is not there, and lists it beside."""
    text = front.not_found(visit.room.chrome)
    return page(text.replace("<aside>", f"<aside>{item(visit.story)}", 1))


def without_links(visit: Visit) -> Reply:
    """The list with its text and without a link."""
    reply = visit.well()
    return page(re.sub(r"<a\b[^>]*>|</a>", "", reply.body.decode()), reply.status)


def without_articles(visit: Visit) -> Reply:
    """The list as ever, but with links to lists only."""
    reply = visit.well()
    named = r'<a\b[^>]*href="[^"]*(?:-a?\d+\.(?:html|aspx)|/newsdetails/[^"]*|/\d{6}/[^"]*)"[^>]*>.*?</a>'
    return page(re.sub(named, "", reply.body.decode(), flags=re.S), reply.status)


def with_another_shape(visit: Visit) -> Reply:
    """The list with its articles at addresses of a shape that nobody knows."""
    reply = visit.well()
    text = re.sub(r'href="[^"]*/([\w-]+)-a(\d+)\.html"', r'href="/tin/\2/\1"', reply.body.decode())
    return replace(reply, body=text.encode(), headers=HTML)
