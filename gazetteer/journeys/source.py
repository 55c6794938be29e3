"""The world's railways as `scgraph-data` ships them (OpenStreetMap, ODbL).

The package's module is one long literal that no current scgraph can import, so its file is found
without importing it and read as text.
"""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np

from gazetteer.errors import DataFileError
from gazetteer.journeys.tracks import Tracks

PACKAGE: Final = "scgraph-data"
ATTRIBUTION: Final = "© OpenStreetMap contributors (ODbL), by scgraph-data"

_KEY = re.compile(rb"(\d+):")


def source_version() -> str:
    """Return the installed release of the source, such as `scgraph-data 2.0.0`."""
    return f"{PACKAGE} {version(PACKAGE)}"


def read_source() -> Tracks:
    """Read points, pieces and their lengths in kilometres, as they are: with gaps, without names.

    Raises:
        DataFileError: If the package is missing or its file is not the literal expected.
    """
    file = _source_file()
    graph, nodes = _literals(file)
    try:
        neighbours = json.loads(_KEY.sub(rb'"\1":', graph))
        fixes = np.array(json.loads(nodes), dtype=np.float64).reshape(-1, 2)
    except ValueError as error:
        raise DataFileError(f"{file}: not the literal expected: {error}") from error
    rows = [(u, int(v), km) for u, row in enumerate(neighbours) for v, km in row.items() if u < int(v)]
    tail, head, length_km = (np.array(column) for column in zip(*rows, strict=True))
    return Tracks.of(fixes[:, 0].copy(), fixes[:, 1].copy(), tail, head, length_km)


def _source_file() -> Path:
    package = find_spec("scgraph_data")
    folders = package.submodule_search_locations if package else None
    for folder in folders or ():
        file = Path(folder) / "world_railways.py"
        if file.is_file():
            return file
    raise DataFileError(f"the package {PACKAGE} with its world_railways.py is not installed")


def _literals(file: Path) -> tuple[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    with file.open("rb") as lines:
        for line in lines:
            name, equals, literal = line.partition(b"=")
            if equals and name.strip() in {b"graph", b"nodes"}:
                found[name.strip()] = literal
    if len(found) != 2:
        raise DataFileError(f"{file}: expected the literals graph and nodes, found {sorted(found)}")
    return found[b"graph"], found[b"nodes"]
