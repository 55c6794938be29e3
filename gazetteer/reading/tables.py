"""The word lists and learned weights that reading is packaged with; a damaged one is refused by name."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Final

from gazetteer.errors import DataFileError, GazetteerError

_FAULTS: Final = (
    *(OSError, EOFError, zlib.error),
    *(ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError),
)
"""What a file that cannot be opened, unpacked or parsed, or holds something else, leads to."""


@contextmanager
def packaged(*path: str) -> Iterator[Traversable]:
    """Yield a file below the folder `languages`; what goes wrong with it in the block bears its name.

    Args:
        path: The names of its folders and its own.

    Raises:
        DataFileError: If it is missing where the block needs it, unreadable, or of another form.
    """
    file = resources.files("gazetteer.reading").joinpath("languages", *path)
    try:
        yield file
    except _FAULTS as error:
        if isinstance(error, GazetteerError):
            raise
        why = f"{type(error).__name__}: {error}"
        raise DataFileError(f"{file}: damaged ({why}); install luftlinie again") from error


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
