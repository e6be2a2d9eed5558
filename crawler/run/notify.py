"""Tell somebody how a run ended: by mail, chat, a command, a monitor's ping, or a metrics file.

A run tells only what changed: an alarm that opened, or closed. With ``digest`` it tells every end.
What cannot be delivered is logged and never fails the run.
"""

from __future__ import annotations

import json
import logging
import os
import shlex
import shutil
import subprocess
import tempfile
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.clock import now
from archive.errors import KhobaoError
from crawler.config import Notify

if TYPE_CHECKING:
    from crawler.run.run import Run

#: Seconds that one delivery may take: the run is over, and the next may be waiting for the lock.
PATIENCE = 30

#: Why the last run did not begin, in the archive's folder.
NOT_BEGUN = "not-begun.json"

#: The newspapers' own time.
_ZONE = timezone(timedelta(hours=7))

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class End:
    """How a run ended, as it is told."""

    archive: Path
    exit_code: int
    reason: str
    counts: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    crawl_id: int | None = None
    opened: tuple[str, ...] = ()
    """Sentences of alarms that this run opened."""
    closed: tuple[str, ...] = ()
    """Sentences of alarms that this run closed."""
    at: str = field(default_factory=now)
    """When it ended."""

    @property
    def title(self) -> str:
        """One line: the archive, and what changed."""
        said = self.opened[0] if self.opened else self.reason
        if self.closed and self.exit_code == 0:
            said = "well again"
        return f"khobao {self.archive.name}: {said}"

    @property
    def text(self) -> str:
        """The whole message."""
        lines = [f"✗ {alarm}" for alarm in self.opened]
        lines += [f"✓ no longer: {alarm}" for alarm in self.closed]
        told = ", ".join(f"{self.counts.get(n, 0)} {n}" for n in ("new", "revised", "failed"))
        which = f"Run {self.crawl_id}" if self.crawl_id else "A run that could not begin"
        ended = datetime.fromisoformat(self.at).astimezone(_ZONE)
        lines.append(f"{which}, ended {ended:%d/%m/%Y %H:%M (%Z)}:")
        lines.append(f"{self.reason} (exit code {self.exit_code}; {told})")
        if self.exit_code:
            where = shlex.quote(str(self.archive))
            if self.crawl_id:
                lines.append(f"Next: khobao run {self.crawl_id} -a {where}   (the pages behind it)")
            else:
                lines.append(f"Next: khobao doctor -a {where}   (what stands in the way)")
        return "\n".join(lines)


@contextmanager
def notified(archive: Path, given: Notify) -> Iterator[Callable[[Run], None]]:
    """Tell that a run begins, and how it ended: as the run given says, or the error it raised.

    An error before the run begins (the lock, a full disk) opens no alarm row, for there may be no
    database to write it to. The file `NOT_BEGUN` holds it instead, so that it is told once, and
    once more when a run begins again.
    """
    ended: list[End] = []
    before = _not_begun(archive)

    def told(run: Run) -> None:
        ended.append(
            End(
                archive=archive,
                exit_code=run.exit_code,
                reason=run.reason,
                counts=run.counts,
                seconds=run.seconds,
                crawl_id=run.crawl_id,
                opened=tuple(alarm.text for alarm in run.alarms.opened),
                closed=(
                    *(alarm.text for alarm in run.alarms.closed),
                    *([before["text"]] if before else []),
                ),
            )
        )
        (archive / NOT_BEGUN).unlink(missing_ok=True)

    begin(given)
    try:
        yield told
    except Exception as error:
        code, text = 1, repr(error)
        if isinstance(error, KhobaoError):
            code, text = error.exit_code, str(error)
        kind = type(error).__name__
        news = before is None or before["kind"] != kind
        ended.append(End(archive, code, text, opened=(text,) if news else ()))
        if news:
            _keep_not_begun(archive, {"kind": kind, "text": text, "since": now()})
        raise
    finally:
        for end in ended:
            tell(given, end)


def _not_begun(archive: Path) -> dict[str, str] | None:
    """Why the last run did not begin; None if it did."""
    try:
        held = json.loads((archive / NOT_BEGUN).read_text(encoding="utf-8"))
        return {"kind": str(held["kind"]), "text": str(held["text"])}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep_not_begun(archive: Path, error: Mapping[str, str]) -> None:
    """Keep why this run did not begin; where that is not possible it is told again next time."""
    with suppress(OSError):
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
        with open(os.open(archive / NOT_BEGUN, flags, 0o644), "w", encoding="utf-8") as stream:
            json.dump(error, stream, ensure_ascii=False)


def begin(given: Notify) -> None:
    """Tell the monitor that a run begins."""
    if given.ping:
        _try("the ping", _ping, f"{given.ping.rstrip('/')}/start", "")


def tell(given: Notify, end: End) -> None:
    """Tell how a run ended: the monitor always, people if something changed."""
    if given.ping:
        address = given.ping if end.exit_code == 0 else f"{given.ping.rstrip('/')}/fail"
        _try("the ping", _ping, address, end.text)
    if given.metrics:
        _try("the metrics", write_metrics, Path(given.metrics), end)
    if not (end.opened or end.closed or given.digest):
        return
    if given.to:
        _try("the message", _by_apprise, given.to, end)
    if given.sendmail:
        _try("the mail", _by_sendmail, given.sendmail, end)
    if given.command:
        _try("the command", _by_command, given.command, end)


def _try(what: str, send: Any, *arguments: Any) -> None:
    try:
        send(*arguments)
    except Exception as error:  # noqa: BLE001 - whatever a mail server or a webhook does, the run is over
        logger.warning("%s could not be delivered: %s", what, error)


def _ping(address: str, text: str) -> None:
    request = urllib.request.Request(address, data=text.encode(), method="POST")
    urllib.request.urlopen(request, timeout=PATIENCE).close()


def _by_apprise(addresses: tuple[str, ...], end: End) -> None:
    try:
        import apprise
    except ImportError as error:
        raise RuntimeError("notify.to needs apprise: pip install 'khobao[notify]'") from error
    sender = apprise.Apprise()
    for number, address in enumerate(addresses, 1):
        if not sender.add(address):
            raise RuntimeError(f"apprise does not know the address {number} of notify.to")
    if not sender.notify(title=end.title, body=end.text):
        raise RuntimeError("a service of notify.to did not take it")


def _by_sendmail(address: str, end: End) -> None:
    mail = EmailMessage()
    mail["To"], mail["Subject"] = address, end.title
    mail.set_content(end.text)
    program = shutil.which("sendmail", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/lib")
    if program is None:
        raise RuntimeError('this machine has no sendmail; use notify.to = ["mailto://…"]')
    subprocess.run([program, "-i", "-t"], input=mail.as_bytes(), check=True, timeout=PATIENCE)


def _by_command(command: str, end: End) -> None:
    facts = {"title": end.title, "exit_code": str(end.exit_code), "archive": str(end.archive)}
    environment = {f"KHOBAO_{name.upper()}": value for name, value in facts.items()}
    subprocess.run(
        command,
        shell=True,
        input=end.text.encode(),
        env=os.environ | environment,
        check=True,
        timeout=PATIENCE,
        stdout=subprocess.DEVNULL,
    )


def write_metrics(file: Path, end: End) -> None:
    """Write *end* for Prometheus' textfile collector, whole or not at all."""
    name = json.dumps(
        str(end.archive), ensure_ascii=False
    )  # quoted and escaped as a label's value is
    values: dict[str, float] = {
        "khobao_last_run_exit_code": end.exit_code,
        "khobao_last_run_seconds": round(end.seconds, 1),
        "khobao_last_run_alarms_opened": len(end.opened),
        **{
            f"khobao_last_run_{count}": end.counts.get(count, 0)
            for count in ("fetched", "new", "revised", "gone", "failed", "blocked")
        },
    }
    lines = [
        line
        for metric, value in values.items()
        for line in (f"# TYPE {metric} gauge", f"{metric}{{archive={name}}} {value}")
    ]
    number, draft = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    with os.fdopen(number, "w", encoding="utf-8") as stream:
        stream.write("\n".join(lines) + "\n")
    os.chmod(draft, 0o644)
    os.replace(draft, file)
