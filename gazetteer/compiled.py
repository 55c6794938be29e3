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
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import filelock
import platformdirs

from gazetteer.errors import GazetteerError, IndexDamagedError, IndexMissingError
from gazetteer.files import OutputError

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
def alone(target: Path) -> Iterator[None]:
    """Keep others from building `target`, once none of them is at it; what killed ones left is removed.

    Who holds it looks again whether the target is there, gathers what it takes, and builds it.

    Raises:
        OutputError: If nothing can be built there. It is told before anything is gathered.
    """
    with ExitStack() as held:
        with _told(target):
            held.enter_context(_locked(target))
            for left in target.parent.glob(f".{target.name}-*"):
                shutil.rmtree(left, ignore_errors=True)
        yield


@contextmanager
def building(target: Path) -> Iterator[Path]:
    """Yield an empty folder that becomes `target` when the block ends without an error.

    Two builders of the same target wait for each other; what fails leaves nothing behind.

    Raises:
        OutputError: If the folder cannot be made or written to, or the disk is full.
    """
    with _told(target), _locked(target), _aside(target) as aside:
        yield aside
        sums = {file.name: [file.stat().st_size, _sha256(file)] for file in sorted(aside.iterdir())}
        (aside / _MANIFEST).write_text(json.dumps(sums, indent=1), encoding="utf-8")
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        else:
            target.unlink(missing_ok=True)
        umask = os.umask(0)
        os.umask(umask)
        aside.chmod(0o777 & ~umask)  # it was made for its maker alone, but others read it, too
        aside.rename(target)


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """Turn what the system refuses into a message of ours."""
    try:
        yield
    except OSError as error:
        if isinstance(error, GazetteerError):
            raise
        place = Path(os.fsdecode(error.filename or target))
        reason = "it is a file, not a folder" if place.is_file() else error.strerror or error
        raise OutputError(
            f"{place}: cannot be used for building: {reason}; "
            f"{HOME_VARIABLE} names another folder to build in"
        ) from error


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    target.parent.mkdir(parents=True, exist_ok=True)
    # One lock for each path, so that who holds it can take it once more.
    with filelock.FileLock(target.parent / f"{target.name}.lock", is_singleton=True):
        yield


@contextmanager
def _aside(target: Path) -> Iterator[Path]:
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def check_compiled(target: Path, *, command: str, thorough: bool = False) -> None:
    """Refuse a compiled folder that is missing or not what was built.

    Args:
        target: The folder.
        command: What the user types to build it, for the message.
        thorough: Compare all checksums; without it only names and sizes, which takes no time, and the
            checksums of files that were written to after they were built.

    Raises:
        IndexMissingError: If the folder is not there.
        IndexDamagedError: If a file is missing or differs from the manifest.
    """
    try:
        manifest = json.loads((target / _MANIFEST).read_text(encoding="utf-8"))
        sums = [(str(name), int(size), str(sha256)) for name, (size, sha256) in manifest.items()]
        built_ns = (target / _MANIFEST).stat().st_mtime_ns
        if not sums:
            raise ValueError("it names no files")  # noqa: TRY301 - told like any other fault of it
    except (FileNotFoundError, NotADirectoryError):
        if target.is_dir():
            raise IndexDamagedError(f"{target / _MANIFEST} is missing; run: {command} --force") from None
        raise IndexMissingError(f"{target} has not been built; run: {command}") from None
    except (ValueError, TypeError, AttributeError, ArithmeticError, RecursionError, OSError) as error:
        raise IndexDamagedError(f"{target / _MANIFEST}: {error}; run: {command} --force") from error
    for name, size, sha256 in sums:
        file = target / name
        try:
            found = file.stat()
            sound = found.st_size == size and (
                not (thorough or found.st_mtime_ns > built_ns) or _sha256(file) == sha256
            )
        except OSError as error:
            raise IndexDamagedError(f"{file}: {error.strerror}; run: {command} --force") from error
        if not sound:
            raise IndexDamagedError(f"{file} is not as it was built; run: {command} --force")


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
