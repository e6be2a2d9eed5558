"""A person's seat: khobao on a pseudo-terminal of a given width, as it is run by hand."""

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from dataclasses import dataclass, field

import pytest
from rich.cells import cell_len

_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-_]", re.DOTALL
)


def plain(text):
    """*text* without the terminal's own sequences."""
    return _ESCAPES.sub("", text)


def wide_lines(text, columns):
    """The lines that the terminal had to break, for they are wider than it is."""
    return [line for line in re.split(r"[\r\n]+", text) if cell_len(line) > columns]


@dataclass
class Typed:
    """One command, started on a pseudo-terminal of its own."""

    process: subprocess.Popen
    columns: int
    _terminal: int
    _chunks: list = field(default_factory=list)

    def __post_init__(self):
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        while True:
            try:
                chunk = os.read(self._terminal, 65536)
            except OSError:  # EIO: the last process has closed the terminal
                return
            if not chunk:
                return
            self._chunks.append(chunk)

    @property
    def raw(self):
        """Everything that came to the terminal, with its sequences."""
        return b"".join(self._chunks).decode("utf-8")

    @property
    def text(self):
        """The same as a person reads it."""
        return plain(self.raw)

    @property
    def code(self):
        return self.process.returncode

    def type(self, keys):
        """Press *keys*; "\\x03" is Ctrl-C, which the terminal turns into a signal."""
        os.write(self._terminal, keys.encode())

    def see(self, text, seconds=60):
        """Wait until *text* stands on the terminal."""
        deadline = time.monotonic() + seconds
        while text not in self.text:
            assert self.process.poll() is None, f"ended without {text!r}:\n{self.text}"
            assert time.monotonic() < deadline, f"never came: {text!r}\n{self.text}"
            time.sleep(0.02)

    def wait(self, seconds=120):
        """Wait for the end; returns self."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            pytest.fail(f"did not end in {seconds} s:\n{self.text}")
        finally:
            self._reader.join(5)
            os.close(self._terminal)
        return self

    def wide_lines(self):
        """See `wide_lines`."""
        return wide_lines(self.text, self.columns)


def start(*command, columns=80, rows=40, user=None, cwd=None, **environment):
    """Start *command* on a pseudo-terminal; an environment variable of None is taken away."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    env = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", "NO_COLOR")}
    env |= {"TERM": "xterm-256color"} | environment

    def own_terminal():
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    process = subprocess.Popen(
        [str(word) for word in command],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={k: str(v) for k, v in env.items() if v is not None},
        cwd=cwd,
        start_new_session=True,
        preexec_fn=own_terminal,
        user=user,
    )
    os.close(slave)
    return Typed(process, columns, master)


#: Somebody without a right to anything: nobody on every Unix.
ORDINARY = 65534


_AS_KHOBAO_STARTS_ITSELF = (
    "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import scrapy'], check=True)"
)


def ordinary(*command):
    """*command* as an ordinary user runs it, if the tests are run by root.

    The same program must be readable for that user; where it is not (a checkout in root's home),
    root's rights over files are taken away instead.
    """
    if os.getuid() != 0:
        return command
    as_nobody = ("setpriv", f"--reuid={ORDINARY}", f"--regid={ORDINARY}", "--clear-groups")
    tried = subprocess.run(
        [*as_nobody, sys.executable, "-P", "-c", _AS_KHOBAO_STARTS_ITSELF],
        capture_output=True,
        check=False,
    )
    if tried.returncode == 0:
        return (*as_nobody, *command)
    return ("setpriv", "--bounding-set=-all", "--inh-caps=-all", *command)


@pytest.fixture
def terminal():
    """Starts khobao with the given arguments on a terminal; see `start`."""
    running = []

    def khobao(*arguments, **options):
        running.append(start(sys.executable, "-P", "-m", "archive", *arguments, **options))
        return running[-1]

    yield khobao
    for each in running:
        if each.process.poll() is None:
            os.killpg(each.process.pid, signal.SIGKILL)
            each.wait()
