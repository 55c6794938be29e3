"""Places that we know by the town they belong to: its quarters and villages, the districts governed from it.

Our own files whose first column is `town` list them: the town as `DE.07:Köln` (country, first-level unit,
name; by far the largest of that name) or, where it shares its name with one as large, as
`geonames:2639388`; the kind; the names. A quarter lies where its town lies, a village or an `outlying` one
somewhere around it, a district around its seat: good to ten kilometres, fifteen, forty and thirty, and said
so by the extent. A name may tell its own position, in degrees: `Karamea (-41.25 172.11)`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from gazetteer.errors import DataFileError
from gazetteer.geodesy import great_circle_km
from gazetteer.places.entries import Feature
from gazetteer.places.names import folded
from gazetteer.places.rows import DATA_FOLDER, NameUse, PlaceRow, own_records
from gazetteer.positions import LatLon

_KINDS: Final = {
    "quarter": (Feature.CITY, "PPLX", 8.0),
    "village": (Feature.CITY, "PPLL", 15.0),
    "outlying": (Feature.CITY, "PPLL", 40.0),
    "district": (Feature.REGION, "ADM3", 25.0),
}
"""Feature, GeoNames code, and extent in km."""

_LOCATED_KM: Final = 3.0
"""Extent of a village that tells its own position."""

SAME_PLACE_KM: Final = 30.0
"""Within this of its town, a place of the quarter's or village's name is that one."""

_BY_FAR: Final = 3
"""A town with this many times the inhabitants of its namesakes is the one a bare name means."""

_LOCATED: Final = re.compile(r"(?P<name>[^()]+) \((?P<lat>-?[\d.]+) (?P<lon>-?[\d.]+)\)")

_DISTRICT_PREFIXES: Final = ("Landkreis", "Kreis", "Landkreises", "Kreises")
_SAY_SO_THEMSELVES: Final = ("kreis", "Kreis", "Kreises", "kreises")
_OPENERS: Final = (
    "Region ",
    "Städteregion ",
    "Regionalverband ",
    "Landkreis",
    "Eifelkreis ",
    "Altmarkkreis ",
)


def dependents(
    towns: Sequence[PlaceRow], known: Iterable[PlaceRow], folder: Path = DATA_FOLDER
) -> tuple[PlaceRow, ...]:
    """Return the quarters and villages that are not known yet, and the districts.

    Args:
        towns: Where the towns that the files name are looked up.
        known: The towns and whatever else may already hold a quarter.
        folder: Of the files.

    Raises:
        DataFileError: If a row is malformed, a town not there or one of several so called, a kind unknown
            or a position none; one message names all such rows.
    """
    records = tuple(own_records(folder, first_column="town"))
    by_name, listed = _by_name(towns), _listed(known)
    namesakes = _namesakes(towns, {str(record["town"]) for _, record in records})
    faults: list[str] = []
    rows: dict[str, PlaceRow] = {}
    for where, record in records:
        try:
            _check_town(str(record["town"]), by_name, namesakes)
            for row in _rows_of(record, by_name, listed):
                rows.setdefault(row.id, row)
        except ValueError as error:
            faults.append(f"{where}: {error}")
    if faults:
        raise DataFileError("\n".join(faults))
    return tuple(rows.values())


def _rows_of(
    record: Mapping[str, str], by_name: Mapping[str, PlaceRow], listed: Mapping[str, list[PlaceRow]]
) -> Iterator[PlaceRow]:
    if None in record or None in record.values():
        raise ValueError("wrong number of columns")
    if not all(map(str.strip, record["names"].split("|"))):
        raise ValueError("a name is empty")
    town, kind = by_name.get(record["town"]), record["kind"]
    if town is None:
        raise ValueError(f"no town {record['town']}")
    if kind not in _KINDS:
        raise ValueError(f"kind must be {', '.join(_KINDS)}, got {kind}")
    if kind == "district":
        yield _district(town, record, by_name)
    else:
        yield from _small_places(town, record, listed)


def _by_name(towns: Sequence[PlaceRow]) -> dict[str, PlaceRow]:
    found: dict[str, PlaceRow] = {}
    for town in sorted(towns, key=lambda row: row.population):
        for name in town.names:
            found[f"{town.country}.{town.admin1}:{name}"] = town
    for town in sorted(towns, key=lambda row: row.population):
        found[f"{town.country}.{town.admin1}:{town.name}"] = town
        found[town.id] = town
    return found


def _namesakes(towns: Sequence[PlaceRow], keys: set[str]) -> Mapping[str, list[PlaceRow]]:
    """Return by key every town that bears the name, as its own or as another of its names."""
    found: defaultdict[str, list[PlaceRow]] = defaultdict(list)
    names = {key.partition(":")[2] for key in keys}
    for town in towns:
        for name in names.intersection((town.name, *town.names)):
            found[f"{town.country}.{town.admin1}:{name}"].append(town)
    return found


def _check_town(
    key: str, by_name: Mapping[str, PlaceRow], namesakes: Mapping[str, Sequence[PlaceRow]]
) -> None:
    """Raise a `ValueError` where a key may mean another town than the one it leads to."""
    for other in namesakes.get(key, ()):
        town = by_name[key]
        is_like = town.population < _BY_FAR * other.population
        if is_like and great_circle_km(town.position, other.position) > SAME_PLACE_KM:
            raise ValueError(f"{key} may be {town.id} or {other.id}: expected the one meant")


def _listed(known: Iterable[PlaceRow]) -> Mapping[str, list[PlaceRow]]:
    listed: defaultdict[str, list[PlaceRow]] = defaultdict(list)
    for row in known:
        for name in row.names:
            if name[0].isupper():
                listed[name].append(row)
    return listed


def _small_places(
    town: PlaceRow, record: Mapping[str, str], listed: Mapping[str, list[PlaceRow]]
) -> Iterator[PlaceRow]:
    kind = record["kind"]
    for item in record["names"].split("|"):
        row = _row(town, item, kind, record["source"])
        namesakes = listed.get(row.name, ())
        if any(great_circle_km(row.position, other.position) < SAME_PLACE_KM for other in namesakes):
            continue
        row.add_name(row.name, NameUse.MAIN)
        if kind == "quarter" and " " not in row.name and "-" not in row.name:
            row.add_name(f"{town.name_de or town.name}-{row.name}", 0)
        yield row


def _district(town: PlaceRow, record: Mapping[str, str], by_name: Mapping[str, PlaceRow]) -> PlaceRow:
    name, *others = record["names"].split("|")
    whole = name if _says_so(name) else f"Landkreis {name}"
    row = _row(town, whole, "district", record["source"])
    row.name_de = whole
    row.add_name(whole, NameUse.MAIN | NameUse.GERMAN | NameUse.CURATED)
    for spoken in (name, *others):
        if not _says_so(spoken):
            for prefix in _DISTRICT_PREFIXES:
                row.add_name(f"{prefix} {spoken}", NameUse.CURATED)
        # `Göttingen` is the town; `Uckermark` has no town to be taken for.
        if f"{town.country}.{town.admin1}:{spoken}" not in by_name:
            row.add_name(spoken, NameUse.CURATED)
    return row


def _says_so(name: str) -> bool:
    return name.endswith(_SAY_SO_THEMSELVES) or name.startswith(_OPENERS) or "-Kreis " in name


def _row(town: PlaceRow, item: str, kind: str, source: str) -> PlaceRow:
    feature, feature_code, extent_km = _KINDS[kind]
    name, position, source = item, town.position, f"{source}; position is that of {town.name}"
    if (located := _LOCATED.fullmatch(item)) is not None:
        name, position = located["name"], LatLon(float(located["lat"]), float(located["lon"]))
        extent_km, source = _LOCATED_KM, source.partition(";")[0]
    elif any(map(str.isdigit, name)):
        raise ValueError(f"expected a name, or `name (lat lon)`, got {item!r}")
    slug = "-".join(folded(f"{name} of {town.name}").split())
    return PlaceRow(
        id=f"luftlinie:{town.country.lower()}-{slug}",
        name=name,
        feature=feature,
        feature_code=feature_code,
        position=position,
        source=source,
        country=town.country,
        admin1=town.admin1,
        extent_km=extent_km,
    )
