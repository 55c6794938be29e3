"""Capitals: where a visit is drawn of which the text names only the country."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.places.index import Gazetteer


def capital_of(country: str, gazetteer: Gazetteer) -> GazetteerEntry | None:
    """Return the capital of a country (ISO 3166-1 alpha-2), None where none is listed or found."""
    name = _names().get(country)
    if name is None:
        return None
    fitting = [
        candidate.entry
        for candidate in gazetteer.lookup(name)
        if candidate.entry.country == country and candidate.entry.feature is Feature.CITY
    ]
    return max(fitting, key=lambda entry: (entry.feature_code == "PPLC", entry.population), default=None)


@cache
def _names() -> dict[str, str]:
    table = resources.files("gazetteer.journeys") / "data" / "capitals.csv"
    lines = (line for line in table.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {row["country"]: row["capital"] for row in csv.DictReader(lines)}
