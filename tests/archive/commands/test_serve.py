"""`khobao serve`: what is refused before the server starts."""

from __future__ import annotations

import socket


def test_a_port_that_is_taken_is_said_in_a_line(run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run("serve", "--port", str(taken.getsockname()[1]))
    assert done.exit_code == 2
    assert "choose another with --port" in done.stderr
