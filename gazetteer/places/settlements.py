"""Villages and quarters too small for the table of towns, from a file kept apart for its licence.

`data/odbl/settlements.tsv.gz` (made by `scripts/compile_settlements.py`) holds places in and around
Germany under the ODbL 1.0: name, municipality, latitude, longitude and how many stops bear the name.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from gazetteer.geodesy import great_circle_km
from gazetteer.places.entries import Feature
from gazetteer.places.names import composed, folded
from gazetteer.places.nearby import Neighbours
from gazetteer.places.rows import DATA_FOLDER, NameUse, PlaceRow
from gazetteer.positions import LatLon

SETTLEMENTS_FILE: Final = DATA_FOLDER / "odbl" / "settlements.tsv.gz"
SETTLEMENTS_SOURCE: Final = "stops of DB InfraGO (CC BY 4.0), © OpenStreetMap contributors (ODbL 1.0)"

SAME_PLACE_KM: Final = 8.0
"""Two places of one name this near are one."""

_NOT_IN_A_SLUG: Final = re.compile(r"[^a-z0-9]+")


def settlements(
    known: Iterable[PlaceRow], neighbours: Neighbours, file: Path = SETTLEMENTS_FILE
) -> tuple[PlaceRow, ...]:
    """Return the places of the file that are not known yet.

    Args:
        known: The towns and our own places; one of the same name close by makes a settlement superfluous.
        neighbours: The towns, from which country and first-level unit are taken.
        file: Tab-separated, gzipped; lines that begin with `#` are remarks.
    """
    lines = [line.split("\t") for line in _lines(file)]
    keys = {folded(cells[0]) for cells in lines}
    taken = _positions(known, keys)
    rows = []
    # Where most stops are comes first: of two spots with one name the larger is kept.
    for name, municipality, lat, lon, _stops in sorted(lines, key=lambda cells: -int(cells[4])):
        position = LatLon(float(lat), float(lon))
        key = folded(name)
        if any(great_circle_km(position, other) < SAME_PLACE_KM for other in taken[key]):
            continue
        taken[key].append(position)
        row = PlaceRow(
            id=f"luftlinie:{_slug(name)}-in-{_slug(municipality)}",
            name=composed(name),
            feature=Feature.CITY,
            feature_code="PPLL" if folded(municipality).startswith(key) else "PPLX",
            position=position,
            source=SETTLEMENTS_SOURCE,
            extent_km=1.0,
        )
        row.add_name(row.name, NameUse.MAIN)
        rows.append(row)
    neighbours.locate(rows)
    return tuple({row.id: row for row in rows if row.country}.values())


def _lines(file: Path) -> Sequence[str]:
    text = gzip.decompress(file.read_bytes()).decode()
    return [line for line in text.splitlines() if not line.startswith("#")]


def _positions(known: Iterable[PlaceRow], keys: set[str]) -> defaultdict[str, list[LatLon]]:
    taken: defaultdict[str, list[LatLon]] = defaultdict(list)
    for row in known:
        if row.feature is Feature.CITY:
            for name in row.names:
                # Folding is dear, and most names of the world are no village's in Germany.
                if name.isascii() or name[0].isupper():
                    key = folded(name)
                    if key in keys:
                        taken[key].append(row.position)
    return taken


def _slug(name: str) -> str:
    return _NOT_IN_A_SLUG.sub("-", folded(name)).strip("-")
