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

    A link is followed and stays a link. What is no regular file (a pipe, `/dev/stdout`) is written to as
    it is: a rename would put a file in its place.

    Raises:
        OutputError: If the folder is missing or not writable, the target is a folder, or the disk is full.
    """
    try:
        target = target.resolve() if target.is_symlink() else target
        if target.is_dir():
            raise OutputError(f"{target}: cannot be written: it is a folder; name a file in it")
        if target.exists() and not target.is_file():
            target.write_text(text, encoding="utf-8", newline="")
            return
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: links that lead in a circle
        if isinstance(error, OutputError):
            raise
        raise OutputError(f"{target}: cannot be written: {_reason(error)}") from error
    try:
        descriptor, aside = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise OutputError(f"{target}: cannot be written: {_reason(error)}") from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
        umask = os.umask(0)
        os.umask(umask)
        Path(aside).chmod(0o666 & ~umask)
        Path(aside).replace(target)
    except OSError as error:
        raise OutputError(f"{target}: cannot be written: {_reason(error)}") from error
    finally:
        Path(aside).unlink(missing_ok=True)


def _reason(error: Exception) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)
