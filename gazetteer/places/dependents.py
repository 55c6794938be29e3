"""Places that we know by the town they belong to: its quarters, and the districts governed from it.

Our own files whose first column is `town` list them: the town as `DE.07:Köln` (country, first-level unit,
name), the kind, the names. A quarter lies where its town lies, a district around its seat: good to ten
kilometres and to thirty, and said so by the extent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from gazetteer.errors import DataFileError
from gazetteer.geodesy import great_circle_km
from gazetteer.places.entries import Feature
from gazetteer.places.names import folded
from gazetteer.places.rows import DATA_FOLDER, NameUse, PlaceRow, own_records

_KINDS: Final = {"quarter": (Feature.CITY, "PPLX", 8.0), "district": (Feature.REGION, "ADM3", 25.0)}
"""Feature, GeoNames code, and extent in km."""

SAME_PLACE_KM: Final = 30.0
"""Within this of its town, a place of the quarter's name is the quarter."""

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
    """Return the quarters that are not known yet, and the districts.

    Args:
        towns: Where the towns that the files name are looked up.
        known: The towns and whatever else may already hold a quarter.
        folder: Of the files.

    Raises:
        DataFileError: If a town is not there or a kind is unknown; all such rows in one message.
    """
    by_name = _by_name(towns)
    listed = _listed(known)
    faults: list[str] = []
    rows: dict[str, PlaceRow] = {}
    for where, record in own_records(folder, first_column="town"):
        town = by_name.get(record["town"])
        if town is None:
            faults.append(f"{where}: no town {record['town']}")
        elif record["kind"] == "quarter":
            for row in _quarters(town, record, listed):
                rows.setdefault(row.id, row)
        elif record["kind"] == "district":
            row = _district(town, record, by_name)
            rows.setdefault(row.id, row)
        else:
            faults.append(f"{where}: kind must be quarter or district, got {record['kind']}")
    if faults:
        raise DataFileError("\n".join(faults))
    return tuple(rows.values())


def _by_name(towns: Sequence[PlaceRow]) -> dict[str, PlaceRow]:
    found: dict[str, PlaceRow] = {}
    for town in sorted(towns, key=lambda row: row.population):
        for name in town.names:
            found[f"{town.country}.{town.admin1}:{name}"] = town
    for town in sorted(towns, key=lambda row: row.population):
        found[f"{town.country}.{town.admin1}:{town.name}"] = town
    return found


def _listed(known: Iterable[PlaceRow]) -> Mapping[str, list[PlaceRow]]:
    listed: defaultdict[str, list[PlaceRow]] = defaultdict(list)
    for row in known:
        for name in row.names:
            if name[0].isupper():
                listed[name].append(row)
    return listed


def _quarters(
    town: PlaceRow, record: Mapping[str, str], listed: Mapping[str, list[PlaceRow]]
) -> Iterator[PlaceRow]:
    for name in record["names"].split("|"):
        namesakes = listed.get(name, ())
        if any(great_circle_km(town.position, other.position) < SAME_PLACE_KM for other in namesakes):
            continue
        row = _row(town, name, "quarter", record["source"])
        row.add_name(name, NameUse.MAIN)
        if " " not in name and "-" not in name:
            row.add_name(f"{town.name_de or town.name}-{name}", 0)
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


def _row(town: PlaceRow, name: str, kind: str, source: str) -> PlaceRow:
    feature, feature_code, extent_km = _KINDS[kind]
    slug = "-".join(folded(f"{name} of {town.name}").split())
    return PlaceRow(
        id=f"luftlinie:{town.country.lower()}-{slug}",
        name=name,
        feature=feature,
        feature_code=feature_code,
        position=town.position,
        source=f"{source}; position is that of {town.name}",
        country=town.country,
        admin1=town.admin1,
        extent_km=extent_km,
    )
