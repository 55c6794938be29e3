"""Ports of this machine: whether the dashboard may listen on one. Nothing is sent, and nobody reached."""

from __future__ import annotations

import errno
import os
import socket
from contextlib import closing
from typing import Final

from gazetteer.errors import PortError

HIGHEST_PORT: Final = 65535

_TRIED: Final = 50
"""Ports looked at for one that is free."""

_TAKEN: Final = {errno.EADDRINUSE: "is taken by another program"}
_FORBIDDEN: Final = dict.fromkeys((errno.EACCES, errno.EPERM), "is open to administrators only")
_REASONS: Final = _TAKEN | _FORBIDDEN
_FIRST_FOR_ALL: Final = 1024


def check_port(address: str, port: int) -> None:
    """Make sure that a server may listen on a port.

    Args:
        address: Of this machine, as a number: `127.0.0.1`, `::`.
        port: In [1, 65535].

    Raises:
        PortError: If it is taken or forbidden. Whatever else stands in the way is left to the server to tell.
    """
    reason = _REASONS.get(_refusal(address, port))
    if reason is None:
        return
    first = max(port + 1, _FIRST_FOR_ALL)
    near = range(first, min(first + _TRIED, HIGHEST_PORT + 1))
    free = next((one for one in near if _refusal(address, one) == 0), None)
    way_out = "leave --port out" if free is None else f"type --port {free}, or leave --port out"
    raise PortError(f"port {port} {reason}; {way_out}, and a free one is found")


def _refusal(address: str, port: int) -> int:
    """Return the error number with which listening is refused; 0 where it is not."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with closing(socket.socket(family)) as ear:
            if os.name != "nt":  # there, this would let two programs listen on one port
                ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            ear.bind((address, port))
            ear.listen()
    except OSError as error:
        return error.errno or errno.EIO
    return 0
