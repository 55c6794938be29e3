"""Compiling the gazetteer: rows from every source become a folder of read-only files.

The files (all integers little-endian, arrays as `.npy`, no pickle):

- `names.marisa`, `folded.marisa`, `sounds.marisa`: tries from key to key number;
- `*_starts.npy` (n + 1) and `*_places.npy`: the places of key `i` are `places[starts[i]:starts[i+1]]`,
  most prominent first; `names_uses.npy` runs beside `names_places.npy` and holds `NameUse` bits;
- `name_features.npy` (n, uint16): the features of each exact name, see `index.NameFeature`;
- `place_*.npy`: one value per place; places are numbered from the most prominent down;
- `own_starts.npy`, `own_names.npy`: the exact names of each place;
- `texts.bin`, `text_starts.npy`: the strings that places refer to by number;
- `ids.marisa`, `ids_places.npy`: from id to place;
- `blocks.txt`, `blocks.json`: folded names by first letter and length, for near misses.
"""

from __future__ import annotations

import gc
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, Final, TypeAlias

import marisa_trie
import numpy as np

from gazetteer.compiled import alone, building, check_compiled, compiled_home, source_digest
from gazetteer.errors import DataFileError, GazetteerError
from gazetteer.places import airports, dependents, nearby, prominence, settlements, sources, spellings, units
from gazetteer.places.entries import Feature
from gazetteer.places.names import SOUND_COUNTRIES, folded, is_latin, sound_key
from gazetteer.places.rows import NameUse, PlaceRow, own_files, own_names, own_rows

BUILD_COMMAND: Final = "luftlinie gazetteer build"
"""What the user types to build the gazetteer."""

FEATURES: Final = tuple(Feature)
"""The features in the order of their numbers in `place_feature.npy`."""

NEAR_MISS_MIN_POPULATION: Final = 5000
"""Inhabitants from which a place's foreign-language names count as well when a typo is looked up."""

Progress: TypeAlias = Callable[[str, float], None]


def compiled_folder() -> Path:
    """Return where the compiled gazetteer of this version and these sources belongs."""
    files = [*own_files(), *settlements.SETTLEMENT_FILES, *code_files()]
    digest = source_digest(files, *sources.source_versions())
    return compiled_home() / f"places-{digest}"


def code_files() -> set[Path]:
    """Return this file and those beside it that it imports from: they decide what is compiled."""
    sources = {getattr(value, "__module__", None) or value.__name__ for value in _imported()}
    return {Path(str(sys.modules[name].__file__)) for name in sources if name.startswith(f"{__package__}.")}


def _imported() -> Iterator[Any]:
    """Yield the modules, classes and functions that this module's names stand for."""
    return (value for value in globals().values() if isinstance(value, ModuleType | type | FunctionType))


def build_gazetteer(*, force: bool = False, progress: Progress | None = None) -> Path:
    """Compile the gazetteer unless it is there already, and return its folder.

    Args:
        force: Compile even if a sound one is there.
        progress: Called with what is being done and the share that is done, in [0, 1].

    Raises:
        DataFileError: If one of our own data files is malformed.
        OutputError: If the folder cannot be made or written to, or the disk is full.
    """
    folder = compiled_folder()
    if not force and _is_sound(folder):
        return folder
    report = progress or (lambda _what, _share: None)
    report("places", 0.0)
    with alone(folder), _uncollected():
        if force or not _is_sound(folder):  # somebody else may have built it meanwhile
            compile_places(all_rows(report), folder, progress=report)
    return folder


@contextmanager
def _uncollected() -> Iterator[None]:
    # Millions of small objects that all live to the end: looking for garbage among them costs a third.
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def all_rows(report: Progress) -> list[PlaceRow]:
    """Gather the rows of every source, and the names we add to them."""
    own = own_rows()
    towns = sources.towns()
    report("towns", 0.15)
    states = sources.countries(towns)
    gathered = [*own, *states, *towns, *units.administrative_units(towns), *units.quarters(states, towns)]
    neighbours = nearby.Neighbours(towns)
    villages = settlements.settlements([*towns, *own], neighbours)
    gathered += villages
    gathered += dependents.dependents(towns, [*towns, *own, *villages])
    _name_in_german(towns)
    gathered += airports.airports(own, neighbours)
    report("names", 0.25)
    _unite_ids(gathered)
    _drop_misleading_names(gathered)
    by_id = {row.id: row for row in gathered}
    for place, point in sources.area_points().items():
        if place in by_id:
            by_id[place].position = point
    spellings.add_spellings(by_id.values())
    _add_own_names(by_id)
    return list(by_id.values())


def compile_places(place_rows: Sequence[PlaceRow], folder: Path, *, progress: Progress | None = None) -> None:
    """Compile rows into `folder`; an earlier one of that name is replaced once the new one is whole."""
    report = progress or (lambda _what, _share: None)
    ordered = sorted(place_rows, key=lambda row: (-prominence.prominence_of(row), row.id))
    with building(folder) as aside:
        _write_places(aside, ordered)
        report("names", 0.35)
        pairs: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, row in enumerate(ordered):
            for name, use in row.names.items():
                pairs[name].append((number, use))
        _write_names(aside, pairs, ordered)
        report("spellings", 0.55)
        by_folded: dict[str, dict[int, None]] = defaultdict(dict)
        by_sound: dict[str, dict[int, None]] = defaultdict(dict)
        for name, places in pairs.items():
            key = folded(name)
            for number, use in places:
                if not use & NameUse.CODE:
                    by_folded[key][number] = None
                    if len(key) >= 5 and is_latin(name) and ordered[number].country in SOUND_COUNTRIES:
                        by_sound[sound_key(name)][number] = None
        by_folded.pop("", None)
        by_sound.pop("", None)
        _write_keys(aside, "folded", by_folded)
        report("spellings", 0.8)
        _write_keys(aside, "sounds", by_sound)
        _write_blocks(aside, pairs, ordered)
        report("done", 1.0)


def _is_sound(folder: Path) -> bool:
    try:
        check_compiled(folder, command=BUILD_COMMAND)
    except GazetteerError:
        return False
    return True


def _unite_ids(gathered: Sequence[PlaceRow]) -> None:
    # An own row with the id of a place from elsewhere takes its place and keeps its names.
    first: dict[str, PlaceRow] = {}
    for row in gathered:
        if (kept := first.setdefault(row.id, row)) is not row:
            for name, use in row.names.items():
                kept.add_name(name, use & ~NameUse.MAIN)
    for row in gathered:
        if (kept := first[row.id]) is not row:
            row.names.update(kept.names)
            row.name, row.name_de, row.name_en = kept.name, kept.name_de, kept.name_en
            row.feature, row.feature_code = kept.feature, kept.feature_code
            row.position, row.source = kept.position, kept.source
            row.extent_km = kept.extent_km or row.extent_km
            row.population = kept.population or row.population


def _drop_misleading_names(gathered: Sequence[PlaceRow]) -> None:
    # Some language calls Rwanda "Luanda" and Britain "England"; readers of German and English do not.
    own_kind = NameUse.GERMAN | NameUse.ENGLISH | NameUse.MAIN
    taken = {row.name for row in gathered if row.feature_code in {"ADM1", "PPLC"} or row.population >= 50_000}
    for row in gathered:
        if row.feature is Feature.COUNTRY:
            misleading = [name for name, use in row.names.items() if name in taken and not use & own_kind]
            for name in misleading:
                del row.names[name]


def _name_in_german(towns: Sequence[PlaceRow]) -> None:
    # Airports are called after towns; all the other names of our own follow when every place is there.
    german = {place: name for place, name, use, _where in own_names() if use & NameUse.GERMAN}
    for town in towns:
        town.name_de = german.get(town.id, town.name_de)


def _add_own_names(by_id: dict[str, PlaceRow]) -> None:
    faults = []
    for place, name, use, where in own_names():
        row = by_id.get(place)
        if row is None:
            faults.append(f"{where}: no place has the id {place}")
            continue
        row.add_name(name, use)
        if use & NameUse.GERMAN:
            row.name_de = name
        if use & NameUse.ENGLISH:
            row.name_en = name
    if faults:
        raise DataFileError("\n".join(faults))


def _write_places(folder: Path, ordered: Sequence[PlaceRow]) -> None:
    texts: dict[str, int] = {"": 0}

    def numbers(strings: Iterable[str]) -> np.ndarray[Any, Any]:
        return np.array([texts.setdefault(s, len(texts)) for s in strings], dtype="<u4")

    _save(folder, "place_id", numbers(r.id for r in ordered))
    _save(folder, "place_name", numbers(r.name for r in ordered))
    _save(folder, "place_name_de", numbers(r.name_de for r in ordered))
    _save(folder, "place_name_en", numbers(r.name_en for r in ordered))
    _save(folder, "place_feature_code", numbers(r.feature_code for r in ordered))
    _save(folder, "place_country", numbers(r.country for r in ordered))
    _save(folder, "place_admin1", numbers(r.admin1 for r in ordered))
    _save(folder, "place_source", numbers(r.source for r in ordered))
    _save(folder, "place_feature", np.array([FEATURES.index(r.feature) for r in ordered], dtype="u1"))
    _save(
        folder, "place_latlon", np.array([r.position.latlon() for r in ordered], dtype="<f8").reshape(-1, 2)
    )
    _save(folder, "place_population", np.array([r.population for r in ordered], dtype="<i8"))
    _save(folder, "place_extent_km", np.array([r.extent_km for r in ordered], dtype="<f4"))
    _save(folder, "place_prominence", np.array([prominence.prominence_of(r) for r in ordered], dtype="<f4"))
    encoded = [text.encode() for text in texts]
    (folder / "texts.bin").write_bytes(b"".join(encoded))
    _save(folder, "text_starts", np.cumsum([0, *map(len, encoded)], dtype="<u4"))
    ids = marisa_trie.Trie([row.id for row in ordered])
    places = np.empty(len(ordered), dtype="<u4")
    for number, row in enumerate(ordered):
        places[ids[row.id]] = number
    ids.save(str(folder / "ids.marisa"))
    _save(folder, "ids_places", places)


def _write_names(folder: Path, pairs: dict[str, list[tuple[int, int]]], ordered: Sequence[PlaceRow]) -> None:
    trie = marisa_trie.Trie(pairs.keys())
    by_key: list[list[tuple[int, int]]] = [[] for _ in range(len(trie))]
    features = np.zeros(len(trie), dtype="<u2")
    names_of_place: list[list[int]] = [[] for _ in ordered]
    for name, places in pairs.items():
        key = trie[name]
        by_key[key] = places
        features[key] = _features(places, ordered)
        for number, _use in places:
            names_of_place[number].append(key)
    trie.save(str(folder / "names.marisa"))
    _save_ragged(folder, "names", [[number for number, _use in places] for places in by_key])
    _save(folder, "names_uses", np.fromiter((use for ps in by_key for _n, use in ps), dtype="u1"))
    _save(folder, "name_features", features)
    starts = np.cumsum([0, *map(len, names_of_place)], dtype="<u4")
    _save(folder, "own_starts", starts)
    _save(folder, "own_names", np.fromiter(chain.from_iterable(names_of_place), dtype="<u4"))


def _features(places: Sequence[tuple[int, int]], ordered: Sequence[PlaceRow]) -> int:
    # Bits 0-5: NameUse, united, but CODE only if the name is one for all its places; bit 6 up: FEATURES.
    united = 0
    kinds = 0
    for number, use in places:
        united |= use & ~NameUse.CODE
        kinds |= 1 << FEATURES.index(ordered[number].feature)
    if all(use & NameUse.CODE for _n, use in places):
        united |= NameUse.CODE
    return int(united) | kinds << 6


def _write_keys(folder: Path, name: str, by_key: dict[str, dict[int, None]]) -> None:
    trie = marisa_trie.Trie(by_key.keys())
    places: list[list[int]] = [[] for _ in range(len(trie))]
    for key, numbers in by_key.items():
        places[trie[key]] = sorted(numbers)
    trie.save(str(folder / f"{name}.marisa"))
    _save_ragged(folder, name, places)


def _write_blocks(folder: Path, pairs: dict[str, list[tuple[int, int]]], ordered: Sequence[PlaceRow]) -> None:
    blocks: dict[str, set[str]] = defaultdict(set)
    well_known = NameUse.MAIN | NameUse.GERMAN | NameUse.ENGLISH | NameUse.CURATED
    for name, places in pairs.items():
        if not is_latin(name) or len(name) < 4 or looks_foreign(places, ordered, well_known):
            continue
        key = folded(name)
        if len(key) >= 4:
            blocks[f"{key[0]}{len(key)}"].add(key)
    text, where = [], {}
    at = 0
    for block, keys in sorted(blocks.items()):
        encoded = "\n".join(sorted(keys)).encode()
        where[block] = [at, at + len(encoded)]
        at += len(encoded)
        text.append(encoded)
    (folder / "blocks.txt").write_bytes(b"".join(text) or b"\n")
    (folder / "blocks.json").write_text(json.dumps(where), encoding="utf-8")


def looks_foreign(places: Sequence[tuple[int, int]], ordered: Sequence[PlaceRow], well_known: int) -> bool:
    """Tell whether a name is neither well known nor that of a place of some size."""
    return not any(
        use & well_known
        or (ordered[number].population >= NEAR_MISS_MIN_POPULATION and not use & NameUse.CODE)
        for number, use in places
    )


def _save_ragged(folder: Path, name: str, lists: Sequence[Sequence[int]]) -> None:
    _save(folder, f"{name}_starts", np.cumsum([0, *map(len, lists)], dtype="<u4"))
    _save(folder, f"{name}_places", np.fromiter(chain.from_iterable(lists), dtype="<u4"))


def _save(folder: Path, name: str, array: np.ndarray[Any, Any]) -> None:
    np.save(folder / f"{name}.npy", array, allow_pickle=False)
