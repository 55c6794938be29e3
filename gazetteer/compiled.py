"""Compiled files: built once, aside, under a lock, renamed into place, and checked when opened.

A compiled folder is named after the digest of everything it was made from, so a new release of a
source, of our own rows or of the schema is a new folder, and an old one is never half overwritten.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import filelock
import platformdirs

from gazetteer.errors import IndexDamagedError, IndexMissingError

HOME_VARIABLE: Final = "LUFTLINIE_HOME"
"""Environment variable naming the folder for compiled files and caches."""

_MANIFEST: Final = "manifest.json"


def compiled_home() -> Path:
    """Return the folder for compiled files: `$LUFTLINIE_HOME`, else the user's cache folder."""
    named = os.environ.get(HOME_VARIABLE)
    return Path(named) if named else Path(platformdirs.user_cache_dir("luftlinie", appauthor=False))


def source_digest(files: Iterable[Path], *versions: str) -> str:
    """Return a short hex digest of the files' contents and the version strings."""
    digest = hashlib.sha256("\0".join(versions).encode())
    for file in sorted(files):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def building(target: Path) -> Iterator[Path]:
    """Yield an empty folder that becomes `target` when the block ends without an error.

    Two builders of the same target wait for each other; what fails leaves nothing behind.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with filelock.FileLock(target.parent / f"{target.name}.lock"):
        aside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        try:
            yield aside
            sums = {file.name: [file.stat().st_size, _sha256(file)] for file in sorted(aside.iterdir())}
            (aside / _MANIFEST).write_text(json.dumps(sums, indent=1), encoding="utf-8")
            if target.exists():
                shutil.rmtree(target)
            aside.rename(target)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def check_compiled(target: Path, *, command: str, thorough: bool = False) -> None:
    """Refuse a compiled folder that is missing or not what was built.

    Args:
        target: The folder.
        command: What the user types to build it, for the message.
        thorough: Compare checksums too; without it only names and sizes, which takes no time.

    Raises:
        IndexMissingError: If the folder is not there.
        IndexDamagedError: If a file is missing or differs from the manifest.
    """
    try:
        manifest = json.loads((target / _MANIFEST).read_text(encoding="utf-8"))
        sums = [(str(name), int(size), str(sha256)) for name, (size, sha256) in manifest.items()]
    except FileNotFoundError:
        raise IndexMissingError(f"{target} has not been built; run: {command}") from None
    except (ValueError, TypeError, AttributeError, OSError) as error:
        raise IndexDamagedError(f"{target / _MANIFEST}: {error}; run: {command} --force") from error
    for name, size, sha256 in sums:
        file = target / name
        if not file.is_file() or file.stat().st_size != size or (thorough and _sha256(file) != sha256):
            raise IndexDamagedError(f"{file} is not as it was built; run: {command} --force")


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
