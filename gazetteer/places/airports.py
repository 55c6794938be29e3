"""Airports with scheduled flights, under the names that newspapers give them."""

from __future__ import annotations

import csv
import importlib.resources
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from gazetteer.geodesy import great_circle_km
from gazetteer.places.entries import Feature
from gazetteer.places.names import composed
from gazetteer.places.nearby import Neighbours
from gazetteer.places.rows import NameUse, PlaceRow
from gazetteer.positions import LatLon

AIRPORTS_SOURCE: Final = "airportsdata by Mike Borsetti (MIT)"

SAME_AIRPORT_KM: Final = 6.0
"""An airport of our own rows this near is the same one."""

CITY_KM: Final = 60.0
"""A city this near may have given an airport its name."""

_WRITTEN_OUT: Final = {"Ntl": "National", "Intl": "International", "Rgnl": "Regional", "Muni": "Municipal"}
_KINDS: Final = (
    "International Airport",
    "Regional Airport",
    "Municipal Airport",
    "National Airport",
    "Airport",
)
_BASES: Final = ("Air Force Base", "Air Base", "Airfield", "Naval Air Station", "Field")
_NO_SURNAMES: Final = frozenset(
    {"Airport", "Base", "Central", "City", "County", "East", "Field", "International", "Jr", "Memorial"}
    | {"North", "Regional", "South", "Sr", "West"}
)
_MIN_SURNAME: Final = 4
_GERMAN_KINDS: Final = {"International Airport": "Internationaler Flughafen", "Airport": "Flughafen"}
_PARTICLES: Final = frozenset({"de", "da", "di", "do", "dos", "del", "la", "van", "von", "bin", "el"})


def airports(own: Iterable[PlaceRow], neighbours: Neighbours) -> tuple[PlaceRow, ...]:
    """Return the airports that have an IATA code; the names of those among our own go to those rows.

    Args:
        own: Our own places, to which names may be added.
        neighbours: The towns, for the first-level unit and the German name of the city.
    """
    kept = [row for row in own if row.feature_code == "AIRP"]
    records = [record for record in _records() if record["iata"] and _is_airport(record["name"])]
    per_city = Counter((record["country"], record["city"]) for record in records)
    rows = []
    for record in records:
        position = LatLon(float(record["lat"]), float(record["lon"]))
        row = next((k for k in kept if great_circle_km(k.position, position) < SAME_AIRPORT_KM), None)
        only = per_city[record["country"], record["city"]] == 1
        if row is None:
            row = _row(record, position)
            rows.append(row)
        for name in names_of(record["name"], record["city"] if only else ""):
            row.add_name(name, NameUse.CURATED)
    _add_german_names(rows, neighbours)
    neighbours.locate(rows)
    return tuple(rows)


def names_of(official: str, city: str) -> tuple[str, ...]:
    """Return what an airport may be called in English.

    Args:
        official: The name in the source.
        city: The city it serves, empty if that has another one too.

    Examples:
        >>> names_of("General Edward Lawrence Logan International Airport", "Boston")[1:3]
        ('General Edward Lawrence Logan Airport', 'Logan International Airport')
    """
    name = _written_out(official)
    names = [name]
    kind = _kind(name)
    stem = name.removesuffix(kind).strip(" -–")
    if kind and stem:
        names.append(f"{stem} Airport")
        words = stem.removesuffix(" Memorial").removesuffix(" Field").split()
        if len(words) > 2 and city not in stem and _is_surname(words[-1], words[-2]):
            names += [f"{words[-1]} {kind}", f"{words[-1]} Airport"]
    if city and kind:
        names += [f"{city} Airport", f"{city} {kind}"]
    return tuple(dict.fromkeys(composed(each) for each in names))


def _is_surname(word: str, before: str) -> bool:
    # Airports named after people go by the surname.
    return (
        word.isalpha()
        and len(word) >= _MIN_SURNAME
        and word not in _NO_SURNAMES
        and before.lower() not in _PARTICLES
    )


def _records() -> Iterator[dict[str, str]]:
    file = importlib.resources.files("airportsdata") / "airports.csv"
    yield from csv.DictReader(file.read_text(encoding="utf-8").splitlines())


def _is_airport(name: str) -> bool:
    return _written_out(name).endswith((*_KINDS, *_BASES))


def _written_out(name: str) -> str:
    words = [_WRITTEN_OUT.get(word, word) for word in name.replace("/", "-").split()]
    return " ".join(word for at, word in enumerate(words) if word != words[at - 1] or not at)


def _kind(name: str) -> str:
    return next((kind for kind in _KINDS if name.endswith(kind)), "")


def _row(record: dict[str, str], position: LatLon) -> PlaceRow:
    row = PlaceRow(
        id=f"iata:{record['iata']}",
        name=composed(_written_out(record["name"])),
        feature=Feature.FACILITY,
        feature_code="AIRP" if _kind(_written_out(record["name"])) else "AIRB",
        position=position,
        source=AIRPORTS_SOURCE,
        country=record["country"],
        extent_km=2.0,
    )
    row.add_name(row.name, NameUse.MAIN | NameUse.CURATED)
    return row


def _add_german_names(rows: Sequence[PlaceRow], neighbours: Neighbours) -> None:
    for row in rows:
        german = {}
        for name in tuple(row.names):
            kind = _kind(name)
            stem = name.removesuffix(kind).strip()
            if not kind or not stem:
                continue
            cities = _cities(stem, row.position, neighbours)
            for city in cities or (stem,):
                german[f"Flughafen {city}"] = bool(cities)
                if kind in _GERMAN_KINDS:
                    row.add_name(f"{_GERMAN_KINDS[kind]} {city}", NameUse.CURATED)
        for name in german:
            row.add_name(name, NameUse.CURATED)
        row.name_de = next((name for name, certain in german.items() if certain), next(iter(german), ""))


def _cities(stem: str, position: LatLon, neighbours: Neighbours) -> tuple[str, ...]:
    """Return how German writes the city, or the two, that an airport is named after; () if unknown."""
    whole = neighbours.called(stem, position, CITY_KM)
    if whole is not None:
        return (whole.name_de or whole.name,)
    pair = [neighbours.called(word, position, CITY_KM) for word in stem.split()]
    towns = [town.name_de or town.name for town in pair if town is not None]
    if len(towns) == len(pair) == 2:
        return tuple(mark.join(towns) for mark in ("/", "-", " "))
    return ()
