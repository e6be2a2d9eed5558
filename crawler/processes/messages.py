"""What two processes say to each other: the length of a message, then its pickle."""

from __future__ import annotations

import pickle
from typing import Any

#: In the place of a call's number: what answers no call.
UNASKED = 0
HELLO = -1
LOG = -2

#: Bytes read at once: below what the system hands out as pages of its own with every call.
CHUNK = 1 << 16

#: Bytes that state the length of a message.
_LENGTH = 4


def packed(message: Any) -> bytes:
    """*message* as `Frames` reads it."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return len(data).to_bytes(_LENGTH, "big") + data


class Frames:
    """Whole messages out of a stream of bytes."""

    def __init__(self) -> None:
        self._data = bytearray()

    def feed(self, data: bytes) -> list[Any]:
        """The messages that *data* completes."""
        self._data += data
        messages = []
        start = 0
        with memoryview(self._data) as view:
            while len(view) - start >= _LENGTH:
                begin = start + _LENGTH
                end = begin + int.from_bytes(view[start:begin], "big")
                if len(view) < end:
                    break
                messages.append(pickle.loads(view[begin:end]))
                start = end
        del self._data[:start]
        return messages
