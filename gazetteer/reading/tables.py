"""The word lists and learned weights that reading goes by; a damaged one is refused by name.

Which tables a language may bring, and what must stand in each, is told in `languages/fields/*.toml`.
"""

from __future__ import annotations

import math
import re
import tomllib
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any, Final

from gazetteer.errors import DataFileError, GazetteerError
from gazetteer.reading.fields import completed
from gazetteer.reading.folders import language_folders, packaged_folder

_FAULTS: Final = (
    *(OSError, EOFError, zlib.error, re.error),
    *(ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError),
)
"""What a file that cannot be opened, unpacked or parsed, or holds something else, leads to."""


@contextmanager
def packaged(*path: str) -> Iterator[Traversable]:
    """Yield a file of a language, or one for all; what goes wrong with it in the block bears its name.

    Args:
        path: The language, where it is the file of one, and the file's name.

    Raises:
        DataFileError: If it is missing where the block needs it, unreadable, or of another form.
    """
    folder = language_folders().get(path[0], packaged_folder().joinpath(path[0])) if path[1:] else None
    file = packaged_folder().joinpath(*path) if folder is None else folder.joinpath(*path[1:])
    try:
        yield file
    except _FAULTS as error:
        if isinstance(error, GazetteerError):
            raise
        why = f"{type(error).__name__}: {error}"
        remedy = "; install luftlinie again" if is_ours(file) else ""
        raise DataFileError(f"{file}: damaged ({why}){remedy}") from error


def table(*path: str) -> dict[str, Any]:
    """Return a TOML file of a language, or one for all, with every field that it may leave out as empty.

    Args:
        path: The language, where it is the file of one, and the file's name.

    Returns:
        Its sections and fields; nothing at all where a language has no such file.

    Raises:
        DataFileError: If it is damaged, or a field is missing, unknown or of another form.
    """
    with packaged(*path) as file:
        if path[1:] and not file.is_file():
            return {}
        listed = tomllib.loads(file.read_text(encoding="utf-8"))
        return completed(listed, _fields(path[-1]), str(file), ours=is_ours(file))


def is_ours(file: Traversable) -> bool:
    """Tell whether a file is a packaged one, and not of a folder of one's own."""
    return str(file).startswith(str(packaged_folder()))


@cache
def _fields(name: str) -> Mapping[str, Any]:
    """Return what a file of that name must and may hold; nothing where no more than its form counts."""
    with packaged("fields", name) as file:
        return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def weights_in(learned: Mapping[str, Any]) -> dict[str, float]:
    """Return learned weights by name.

    Raises:
        TypeError: If one is no number.
        ValueError: If one is not finite.
    """
    weights = dict(learned)
    if not math.isfinite(math.fsum(weights.values())):
        raise ValueError("a weight is not finite")
    return weights
