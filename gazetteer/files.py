"""Writing files so that nothing is ever half written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from gazetteer.errors import GazetteerError


class OutputError(GazetteerError, OSError):
    """A file cannot be written; the message names it and says why."""


def write_atomically(target: Path, text: str) -> None:
    """Write `text` as UTF-8 to a file beside `target`, then rename it into place.

    Raises:
        OutputError: If the folder is missing or not writable, or the disk is full.
    """
    try:
        descriptor, aside = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    except OSError as error:
        raise OutputError(f"{target}: cannot be written: {error.strerror}") from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
        umask = os.umask(0)
        os.umask(umask)
        Path(aside).chmod(0o666 & ~umask)
        Path(aside).replace(target)
    except OSError as error:
        raise OutputError(f"{target}: cannot be written: {error.strerror}") from error
    finally:
        Path(aside).unlink(missing_ok=True)
