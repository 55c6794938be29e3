"""Rows: a place as its source gives it, before it is compiled, and our own CSV files of such rows.

A file in `data/` whose first column is `id` holds places of our own; one whose first column is
`place` adds names to places from elsewhere; one whose first column is `town` lists what
belongs to towns. Every row names its source. Malformed rows are reported together, each with file and
line.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import Final

from gazetteer.errors import DataFileError, PositionError
from gazetteer.places.entries import Feature
from gazetteer.places.names import composed, folded
from gazetteer.positions import LatLon

DATA_FOLDER: Final = Path(__file__).parent / "data"


class NameUse(IntEnum):
    """What a name is to a place, as bits to be united; stored with every pair of the two.

    No `IntFlag`: its unions are objects, and building unites ten million.
    """

    MAIN = 1
    """The name the source puts first."""
    GERMAN = 2
    """The name German readers know."""
    ENGLISH = 4
    """The name English readers know."""
    CODE = 8
    """A code such as `VVO`: not a word of running text unless something else says so."""
    CURATED = 16
    """From CLDR, from a table of administrative units or from our own rows: not crowd-sourced."""
    HISTORIC = 32
    """A former name."""


@dataclass(slots=True)
class PlaceRow:
    """One place on its way into the index."""

    id: str
    name: str
    feature: Feature
    feature_code: str
    position: LatLon
    source: str
    country: str = ""
    admin1: str = ""
    population: int = 0
    extent_km: float = 0.0
    name_de: str = ""
    name_en: str = ""
    names: dict[str, int] = field(default_factory=dict)

    def add_name(self, name: str, use: int = 0) -> None:
        """Let the place answer to one more name."""
        name = composed(name)
        if name:
            self.names[name] = self.names.get(name, 0) | use


def own_rows(folder: Path = DATA_FOLDER) -> tuple[PlaceRow, ...]:
    """Return the places of our own CSV files.

    Raises:
        DataFileError: If a row is malformed or an id is used twice; all such rows in one message.
    """
    rows: list[PlaceRow] = []
    faults: list[str] = []
    seen: dict[str, str] = {}
    for where, record in own_records(folder, first_column="id"):
        try:
            row = _place_row(record)
        except (ValueError, KeyError, TypeError) as error:
            faults.append(f"{where}: {error}")
            continue
        if row.id in seen:
            faults.append(f"{where}: id {row.id} is already used in {seen[row.id]}")
        seen[row.id] = where
        rows.append(row)
    if faults:
        raise DataFileError("\n".join(faults))
    return tuple(rows)


def own_names(folder: Path = DATA_FOLDER) -> tuple[tuple[str, str, int, str], ...]:
    """Return (place id, name, use, where it stands) for the names we add to places from elsewhere.

    Raises:
        DataFileError: If a row is malformed; all such rows in one message.
    """
    added: list[tuple[str, str, int, str]] = []
    faults: list[str] = []
    for where, record in own_records(folder, first_column="place"):
        try:
            if not record["source"]:
                raise ValueError("every row names its source")  # noqa: TRY301 - reported with the others
            use: int = NameUse.CURATED
            for word in record["use"].split("|") if record["use"] else ():
                use |= NameUse[word.upper()]
            added.extend((record["place"], name, use, where) for name in record["name"].split("|"))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            faults.append(f"{where}: {error!r}")
    if faults:
        raise DataFileError("\n".join(faults))
    return tuple(added)


def own_records(folder: Path, *, first_column: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield where it stands and what it says for each row of the files whose first column is so called."""
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            try:
                if not reader.fieldnames or reader.fieldnames[0] != first_column:
                    continue
                for record in reader:
                    yield f"{path.parent.name}/{path.name}:{reader.line_num}", record
            except (csv.Error, UnicodeDecodeError) as error:
                raise DataFileError(f"{path.name}:{reader.line_num}: {error}") from error


def own_files(folder: Path = DATA_FOLDER) -> tuple[Path, ...]:
    """Return our own data files, in the order of their names."""
    return tuple(sorted([*folder.glob("*.csv"), *folder.glob("*.toml")]))


def _place_row(record: dict[str, str]) -> PlaceRow:
    if None in record or None in record.values():
        raise ValueError("wrong number of columns")
    if not record["source"]:
        raise ValueError("every row names its source")
    try:
        position = LatLon(float(record["lat"]), float(record["lon"]))
    except PositionError as error:
        raise ValueError(str(error)) from error
    row = PlaceRow(
        id=record["id"] if ":" in record["id"] else f"luftlinie:{record['id']}",
        name=record["name"],
        feature=Feature(record["feature"]),
        feature_code=record["feature_code"],
        position=position,
        source=record["source"],
        country=record["country"],
        admin1=record["admin1"],
        population=int(record["population"] or 0),
        extent_km=float(record["extent_km"] or 0.0),
        name_de=record["name_de"],
        name_en=record["name_en"],
    )
    _name_own(row, record["names"].split("|") if record["names"] else ())
    return row


def _name_own(row: PlaceRow, others: Iterable[str]) -> None:
    if not row.name or not folded(row.name):
        raise ValueError("name is empty")
    row.add_name(row.name, NameUse.MAIN | NameUse.CURATED)
    if row.name_de:
        row.add_name(row.name_de, NameUse.GERMAN | NameUse.CURATED)
    if row.name_en:
        row.add_name(row.name_en, NameUse.ENGLISH | NameUse.CURATED)
    for other in others:
        row.add_name(other, NameUse.CURATED)
