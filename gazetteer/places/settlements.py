"""Villages, quarters and townships too small for the table of towns, from files of two forms.

`data/odbl/settlements.tsv.gz` (made by `scripts/compile_settlements.py`) holds places in and around
Germany under the ODbL 1.0: name, municipality, latitude, longitude and how many stops bear the name.
The files `*_places.tsv.gz` (made by `scripts/compile_american_places.py`, `compile_trade_places.py` and
`compile_alpine_places.py`, one for each source) hold: country, first-level unit, name, latitude, longitude
and whether it is a `place`, a `township`, or a place of which only the towns `near` are known.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from gazetteer.errors import DataFileError
from gazetteer.geodesy import great_circle_km
from gazetteer.places.entries import Feature
from gazetteer.places.names import composed, folded
from gazetteer.places.nearby import Neighbours
from gazetteer.places.rows import DATA_FOLDER, NameUse, PlaceRow
from gazetteer.positions import LatLon

SETTLEMENTS_FILE: Final = DATA_FOLDER / "odbl" / "settlements.tsv.gz"
SETTLEMENTS_SOURCE: Final = "stops of DB InfraGO (CC BY 4.0), © OpenStreetMap contributors (ODbL 1.0)"

CENSUS_FILE: Final = DATA_FOLDER / "census_places.tsv.gz"
POST_FILE: Final = DATA_FOLDER / "post_places.tsv.gz"
TRADE_FILE: Final = DATA_FOLDER / "trade_places.tsv.gz"
ALPINE_FILE: Final = DATA_FOLDER / "odbl" / "alpine_places.tsv.gz"
SMALL_PLACES: Final[Mapping[Path, str]] = {
    CENSUS_FILE: "U.S. Census Bureau, Gazetteer Files (public domain)",
    POST_FILE: "GeoNames postal codes (CC BY 4.0)",
    TRADE_FILE: "UN/LOCODE of the UNECE (MIT)",
    ALPINE_FILE: "countries-states-cities-database (ODbL 1.0); position is that of towns close by",
}
"""The files that name country and first-level unit, and what to call their sources."""

SETTLEMENT_FILES: Final = (SETTLEMENTS_FILE, *SMALL_PLACES)
"""Everything this module reads."""

SAME_PLACE_KM: Final = 8.0
"""Two places of one name this near are one."""

_EXTENT_KM: Final = {"place": 1.0, "township": 6.0, "near": 10.0}
"""Radius of the disc that holds a place: a township is mostly a square of six miles."""

_NOT_IN_A_SLUG: Final = re.compile(r"[^a-z0-9]+")


def settlements(
    known: Iterable[PlaceRow],
    neighbours: Neighbours,
    file: Path = SETTLEMENTS_FILE,
    small_places: Mapping[Path, str] = SMALL_PLACES,
) -> tuple[PlaceRow, ...]:
    """Return the places of the files that are not known yet.

    Args:
        known: The towns and our own places; one of the same name close by makes a settlement superfluous.
        neighbours: The towns, from which country and first-level unit are taken where the file has none.
        file: Tab-separated, gzipped; lines that begin with `#` are remarks.
        small_places: Files of the second form, each with the name of its source.

    Raises:
        DataFileError: If a file is missing, cut, empty or of another form.
    """
    with _named_if_damaged(file):
        rows = [*_stops(file)]
    for path, source in small_places.items():
        with _named_if_damaged(path):
            rows += _small_places(path, source)
    taken = _positions(known, {folded(row.name) for row in rows})
    fresh = []
    for row in rows:
        where = taken[folded(row.name)]
        if all(great_circle_km(row.position, other) >= SAME_PLACE_KM for other in where):
            where.append(row.position)
            fresh.append(row)
    neighbours.locate(fresh)
    return tuple({row.id: row for row in fresh if row.country}.values())


@contextmanager
def _named_if_damaged(file: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError, zlib.error, ValueError, LookupError) as error:
        why = f"{type(error).__name__}: {error}"
        raise DataFileError(f"{file}: damaged ({why}); install luftlinie again") from error


def _stops(file: Path) -> Iterator[PlaceRow]:
    # Where most stops are comes first: of two spots with one name the larger is kept.
    lines = [line.split("\t") for line in _lines(file)]
    for name, municipality, lat, lon, _ in sorted(lines, key=lambda cells: -int(cells[4])):
        yield _named(
            PlaceRow(
                id=f"luftlinie:{_slug(name)}-in-{_slug(municipality)}",
                name=composed(name),
                feature=Feature.CITY,
                feature_code="PPLL" if folded(municipality).startswith(folded(name)) else "PPLX",
                position=LatLon(float(lat), float(lon)),
                source=SETTLEMENTS_SOURCE,
                extent_km=1.0,
            )
        )


def _small_places(file: Path, source: str) -> Iterator[PlaceRow]:
    namesakes: Counter[str] = Counter()
    for line in _lines(file):
        country, admin1, name, lat, lon, kind = line.split("\t")
        slug = f"luftlinie:{_slug(name)}-{country.lower()}-{admin1.lower()}-{file.name[0]}"
        namesakes[slug] += 1
        township = kind == "township"
        row = _named(
            PlaceRow(
                id=slug if namesakes[slug] == 1 else f"{slug}{namesakes[slug]}",
                name=composed(name),
                feature=Feature.REGION if township else Feature.CITY,
                feature_code="ADM3" if township else "PPLL",
                position=LatLon(float(lat), float(lon)),
                source=source,
                country=country,
                admin1=admin1,
                extent_km=_EXTENT_KM[kind],
            )
        )
        if township and name.endswith("Township"):
            row.add_name(f"{name.removesuffix('ownship')}wp.")
        yield row


def _named(row: PlaceRow) -> PlaceRow:
    row.add_name(row.name, NameUse.MAIN)
    return row


def _lines(file: Path) -> Sequence[str]:
    text = gzip.decompress(file.read_bytes()).decode()
    if not text:
        raise ValueError("empty")
    return [line for line in text.splitlines() if not line.startswith("#")]


def _positions(known: Iterable[PlaceRow], keys: set[str]) -> defaultdict[str, list[LatLon]]:
    taken: defaultdict[str, list[LatLon]] = defaultdict(list)
    for row in known:
        if row.feature is Feature.CITY:
            for name in row.names:
                # Folding is dear, and most names of the world are no village's of ours.
                if name.isascii() or name[0].isupper():
                    key = folded(name)
                    if key in keys:
                        taken[key].append(row.position)
    return taken


def _slug(name: str) -> str:
    return _NOT_IN_A_SLUG.sub("-", folded(name)).strip("-")
