"""Seats of government of states, provinces and regions: `Mainz`, `Sacramento`, `die steirische Hauptstadt`.

Own compilation, `languages/seats.csv`.
"""

from __future__ import annotations

import csv
import io
from functools import cache

from gazetteer.places.entries import GazetteerEntry
from gazetteer.places.index import Gazetteer
from gazetteer.reading.tables import packaged

_FIRST_LEVEL = "ADM1"


def seat_of(region: GazetteerEntry, gazetteer: Gazetteer) -> GazetteerEntry | None:
    """Return the seat of government of a state or province; None where none is listed, or two are."""
    if region.feature_code != _FIRST_LEVEL or region.country is None or region.admin1 is None:
        return None
    listed = (
        gazetteer.entry(place) for place, (country, _) in _listed().items() if country == region.country
    )
    found = [seat for seat in listed if seat.admin1 == region.admin1]
    return found[0] if len(found) == 1 else None


@cache
def speaking_seats() -> frozenset[str]:
    """Return the ids of those whose names papers write for what is decided there: `Mainz lenkt ein`."""
    return frozenset(place for place, (_, speaks) in _listed().items() if speaks)


@cache
def _listed() -> dict[str, tuple[str, bool]]:
    """Return country and whether it speaks, by the id of the town."""
    with packaged("seats.csv") as file:
        rows = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8")))
        return {row["place"]: (row["country"], row["speaks"] == "yes") for row in rows}
