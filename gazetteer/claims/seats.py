"""Seats of government of regions: what `die steirische Hauptstadt`, `the Bavarian capital` stands for."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import Final

from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.places.index import Gazetteer

_FIRST_LEVEL: Final = "ADM1"


def seat_of(region: GazetteerEntry, gazetteer: Gazetteer) -> GazetteerEntry | None:
    """Return the seat of government of a state or province; None where none is listed or two fit."""
    if region.feature_code != _FIRST_LEVEL or region.country is None or region.admin1 is None:
        return None
    found = []
    for listed in _names().get(region.country, ()):
        name, _, state = listed.partition("=")
        if state in {"", region.admin1}:
            found.append(_inside(name, region, gazetteer, is_told=bool(state)))
    seats = [seat for seat in found if seat is not None]
    return seats[0] if len(seats) == 1 else None


def _inside(
    name: str, region: GazetteerEntry, gazetteer: Gazetteer, *, is_told: bool
) -> GazetteerEntry | None:
    """Return the greatest town of a name in the country, or in the state told, if it lies in the region."""
    towns = [
        candidate.entry
        for candidate in gazetteer.lookup(name)
        if candidate.entry.country == region.country
        and candidate.entry.feature is Feature.CITY
        and (candidate.entry.admin1 == region.admin1 or not is_told)
    ]
    first = max(towns, key=lambda town: town.population, default=None)
    return first if first is not None and first.admin1 == region.admin1 else None


@cache
def _names() -> dict[str, tuple[str, ...]]:
    table = resources.files("gazetteer.claims") / "data" / "seats.csv"
    lines = (line for line in table.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {row["country"]: tuple(row["seats"].split(";")) for row in csv.DictReader(lines)}
