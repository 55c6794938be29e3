"""The small tables beside the borders, as rows."""

from __future__ import annotations

import csv
import io
from importlib.resources import files


def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of one table of the folder `data`."""
    text = files("gazetteer.outlines").joinpath("data", name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(io.StringIO(text)))
