"""The gazetteer: every place we know, looked up by name, id or position.

For people and pages, look-ups return `Candidate`s, best first::

    gazetteer = Gazetteer.open()
    gazetteer.lookup("Wladiwostok")[0].entry.position

For the reader, which asks a thousand times an article, there is a floor below that makes no objects
but numbers. A *name number* stands for an exact name (Unicode NFC, case kept), a *place number* for a
place; place 0 is the most prominent of all, so **the smallest place number is the best guess**::

    number = gazetteer.name_number("Moskau")           # -1 where no place has the name
    gazetteer.places_of(number)                        # place numbers, best first (a small array)
    gazetteer.uses_of(number)                          # NameUse bits beside them
    gazetteer.features_of(number)                      # NameFeatures: how many, how big, only a code?
    gazetteer.names_at(text, start)                    # each (end, name number) from there, longest first
    gazetteer.folded_places("koln")                    # place numbers by folded key: names.folded("Köln")
    gazetteer.sounding_places("Wostotschnyj")          # place numbers by sound key, the coarsest
    gazetteer.entry_at(place)                          # the GazetteerEntry; kept, so the same object again

`names_at` matches the text as it is written and ends only where a word ends, or where a genitive `s`
closes it (`Moskaus`: give `endings=("s",)`). It costs about 2 µs: call it at capitalised words only.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import marisa_trie
import numpy as np
import numpy.typing as npt

from gazetteer.compiled import check_compiled
from gazetteer.errors import IndexDamagedError, UnknownPlaceError
from gazetteer.geodesy import EARTH_RADIUS_KM
from gazetteer.places.build import BUILD_COMMAND, FEATURES, compiled_folder
from gazetteer.places.entries import Candidate, Feature, GazetteerEntry, Match
from gazetteer.places.names import composed, folded, sound_key, without_genitive
from gazetteer.places.rows import NameUse
from gazetteer.places.slips import Slips
from gazetteer.positions import LatLon
from gazetteer.wording import Wording

LONGEST_SCAN: Final = 60
"""Letters of text that `names_at` looks at; longer names are found by `lookup` only."""


_TRUST: Final = {Match.EXACT: 1.0, Match.FOLDED: 0.9, Match.INFLECTED: 0.85, Match.NEAR_MISS: 0.5}
"""What the scores of all candidates of one look-up sum to, by how the name led to them."""

_WELL_KNOWN: Final = NameUse.MAIN | NameUse.GERMAN | NameUse.ENGLISH | NameUse.CURATED
_TRUST_IN_SOUND: Final = 0.6
_TRUST_IN_CODES: Final = 0.1


@dataclass(frozen=True, slots=True)
class NameFeatures:
    """What is known of a name before any text is read."""

    places: int
    """How many places answer to it."""
    best_population: int
    """Inhabitants of the most prominent of them."""
    best_prominence: float
    uses: int
    """What it is to any of its places; `CODE` only if it is a code for all of them."""
    kinds: frozenset[Feature]
    """The features of its places."""


class Gazetteer:
    """The compiled gazetteer, read-only and mapped into memory, so that processes share it."""

    def __init__(self, folder: Path) -> None:
        """Open a compiled folder.

        Raises:
            IndexMissingError: If it is not there.
            IndexDamagedError: If its files are not what was built.
        """
        check_compiled(folder, command=BUILD_COMMAND)
        self.folder: Final = folder
        try:
            self._names = _trie(folder, "names")
            self._folded = _trie(folder, "folded")
            self._sounds = _trie(folder, "sounds")
            self._ids = _trie(folder, "ids")
            # Plain views of the maps: slicing a memmap itself costs three times as much.
            self._column = {
                file.stem: np.asarray(np.load(file, mmap_mode="r")) for file in folder.glob("*.npy")
            }
            # For one number or text at a time: several times faster than asking an array.
            self._cells = {name: column.data for name, column in self._column.items()}
            self._text_starts = self._cells["text_starts"]
            self._texts = np.memmap(folder / "texts.bin", dtype="u1", mode="r").data
            self._name_starts = self._column["names_starts"]
            self._name_places = self._column["names_places"]
            self._name_uses = self._column["names_uses"]
            self._name_features = self._column["name_features"]
        except (OSError, ValueError, RuntimeError, KeyError) as error:
            raise IndexDamagedError(f"{folder}: {error}; run: {BUILD_COMMAND} --force") from error
        self._slips: Final = Slips(folder)
        self._entries: dict[int, GazetteerEntry] = {}

    @classmethod
    def open(cls) -> Self:
        """Open the gazetteer of this version.

        Raises:
            IndexMissingError: If it has not been built.
            IndexDamagedError: If its files are not what was built.
        """
        return cls(compiled_folder())

    def __len__(self) -> int:
        """Return the number of places."""
        return len(self._column["place_id"])

    def summary(self) -> tuple[tuple[Wording, Wording], ...]:
        """Return what the gazetteer holds and where it lies, as pairs of label and text."""
        size_mb = sum(file.stat().st_size for file in self.folder.iterdir()) / 1e6
        return (
            (Wording("Orte", "places"), Wording.number(f"{len(self):,}")),
            (Wording("Namen", "names"), Wording.number(f"{len(self._names):,}")),
            (Wording("Quellen der Orte", "place sources"), Wording.same("; ".join(self.sources()))),
            (Wording("kompiliert", "compiled"), Wording.same(f"{self.folder} ({size_mb:.0f} MB)")),
        )

    def sources(self) -> tuple[str, ...]:
        """Return whom the places come from, each with its licence; the source of most places first."""
        texts, counts = np.unique(self._column["place_source"], return_counts=True)
        places: Counter[str] = Counter()
        for text, count in zip(texts.tolist(), counts.tolist(), strict=True):
            places[self.text_at(text).partition(";")[0]] += count  # behind it: how exact the position is
        return tuple(source for source, _count in places.most_common())

    def entry(self, place_id: str) -> GazetteerEntry:
        """Return the place with this id.

        Raises:
            UnknownPlaceError: If there is none.
        """
        return self.entry_at(self.place_number(place_id))

    def lookup(self, name: str, *, language: str | None = None, limit: int = 20) -> tuple[Candidate, ...]:
        """Return the places that a name may mean: exact, then folded, then inflected; best first.

        Args:
            name: The name, in any spelling, script or (for `language`) with a genitive ending.
            language: ISO 639-1 of the text the name is from; None tries all we know.
            limit: The most candidates to return.
        """
        name = composed(_whole(name))
        seen: dict[int, Match] = dict.fromkeys(self._exact_numbers(name), Match.EXACT)
        for place in self._folded_numbers(name):
            seen.setdefault(place, Match.FOLDED)
        if not seen:
            for place in self._inflected_numbers(name, language):
                seen.setdefault(place, Match.INFLECTED)
        if not seen:
            seen = dict.fromkeys(self.sounding_places(name).tolist(), Match.INFLECTED)
            return self._candidates(name, seen, limit, trust=_TRUST_IN_SOUND)
        return self._candidates(name, seen, limit)

    def exact(self, name: str) -> tuple[Candidate, ...]:
        """Return the places that have exactly this name, best first."""
        name = composed(_whole(name))
        return self._candidates(name, dict.fromkeys(self._exact_numbers(name), Match.EXACT), None)

    def folded(self, name: str) -> tuple[Candidate, ...]:
        """Return the places that have this name in some spelling, best first."""
        name = _whole(name)
        return self._candidates(name, dict.fromkeys(self._folded_numbers(name), Match.FOLDED), None)

    def near_misses(self, name: str, *, limit: int = 8) -> tuple[Candidate, ...]:
        """Return places whose names differ from `name` by a slip or two of the keyboard, best first."""
        name = _whole(name)
        seen: dict[int, Match] = {}
        distance_of: dict[int, int] = {}
        for found, distance in self._slips.near(folded(name)[:LONGEST_SCAN], limit=4 * limit):
            for place in self.folded_places(found)[:3].tolist():
                seen.setdefault(place, Match.NEAR_MISS)
                distance_of.setdefault(place, distance)
        return self._candidates(name, seen, limit, handicap=distance_of)

    def nearest(
        self, position: LatLon, *, limit: int = 10, within_km: float = 50.0
    ) -> tuple[GazetteerEntry, ...]:
        """Return the places nearest to a position, nearest first."""
        reach = min(within_km, math.pi * EARTH_RADIUS_KM) / EARTH_RADIUS_KM
        latlon = self._column["place_latlon"]
        # A belt of latitude first: some milliseconds a question, but no tree of all places to grow.
        belt = np.flatnonzero(np.abs(latlon[:, 0] - position.lat) <= math.degrees(reach) + 1e-6)
        away = _unit_vectors(latlon[belt]) - _unit_vectors(np.array([position.latlon()]))
        chords = np.sqrt((away**2).sum(axis=1))
        near = np.flatnonzero(chords < 2.0 * math.sin(reach / 2.0))
        order = near[np.argsort(chords[near], kind="stable")]
        return tuple(self.entry_at(int(place)) for place in belt[order[:limit]])

    def names_of(self, place_id: str) -> tuple[str, ...]:
        """Return every exact name of a place, in alphabetical order.

        Raises:
            UnknownPlaceError: If no place has the id.
        """
        place = self.place_number(place_id)
        starts = self._column["own_starts"]
        numbers = self._column["own_names"][starts[place] : starts[place + 1]]
        return tuple(sorted(self._names.restore_key(int(number)) for number in numbers))

    def place_number(self, place_id: str) -> int:
        """Return the number of the place with this id.

        Raises:
            UnknownPlaceError: If there is none.
        """
        key = self._ids.get(_whole(place_id))
        if key is None:
            raise UnknownPlaceError(f"no place has the id {place_id!r}")
        return int(self._column["ids_places"][key])

    def entry_at(self, place: int) -> GazetteerEntry:
        """Return the place of this number."""
        entry = self._entries.get(place)
        if entry is None:
            if len(self._entries) > 50_000:
                self._entries.clear()
            entry = self._entries[place] = self._read_entry(place)
        return entry

    def column(self, name: str) -> npt.NDArray[Any]:
        """Return one value per place, such as `place_prominence`; see `build` for what there is."""
        return self._column[name]

    def features(self) -> tuple[Feature, ...]:
        """Return the features in the order of their numbers in the column `place_feature`."""
        return FEATURES

    def text_at(self, number: int) -> str:
        """Return the text that a column such as `place_country` gives the number of; 0 is the empty one."""
        start, end = self._text_starts[number], self._text_starts[number + 1]
        return self._texts[start:end].tobytes().decode()

    def prominence_at(self, place: int) -> float:
        """Return how likely a name means this place when nothing else is known, in [0, 1]."""
        return float(self._column["place_prominence"][place])

    def name_number(self, name: str) -> int:
        """Return the number of an exact name, -1 where no place has it."""
        number = self._names.get(name)
        return -1 if number is None else int(number)

    def name_at(self, name_number: int) -> str:
        """Return the exact name of this number."""
        return str(self._names.restore_key(name_number))

    def places_of(self, name_number: int) -> npt.NDArray[np.uint32]:
        """Return the numbers of the places with this name, best first."""
        places: npt.NDArray[np.uint32] = self._name_places
        return places[self._name_starts[name_number] : self._name_starts[name_number + 1]]

    def uses_of(self, name_number: int) -> npt.NDArray[np.uint8]:
        """Return what the name is to each of `places_of`, as `NameUse` bits."""
        uses: npt.NDArray[np.uint8] = self._name_uses
        return uses[self._name_starts[name_number] : self._name_starts[name_number + 1]]

    def features_of(self, name_number: int) -> NameFeatures:
        """Return what is known of a name before any text is read."""
        bits = int(self._name_features[name_number])
        places = self.places_of(name_number)
        best = int(places[0])
        return NameFeatures(
            places=len(places),
            best_population=int(self._column["place_population"][best]),
            best_prominence=self.prominence_at(best),
            uses=bits & 0x3F,
            kinds=frozenset(feature for i, feature in enumerate(FEATURES) if bits >> 6 + i & 1),
        )

    def folded_places(self, folded_name: str) -> npt.NDArray[np.uint32]:
        """Return the numbers of the places that meet under this folded key, best first."""
        return self._under("folded", self._folded.get(folded_name))

    def sounding_places(self, name: str) -> npt.NDArray[np.uint32]:
        """Return the places whose name, written after German or English habits, sounds alike.

        Coarse: for words that some other sign says are names, in countries of foreign spelling.
        """
        return self._under("sounds", self._sounds.get(sound_key(name)))

    def names_at(self, text: str, start: int, *, endings: Sequence[str] = ()) -> tuple[tuple[int, int], ...]:
        """Return (end, name number) of each name that begins at `start` and ends with a word, longest first.

        Args:
            text: Any text in Unicode form NFC.
            start: Where a word begins.
            endings: Letters that may stand between the name and the end of the word, such as a
                genitive `s`; `end` is then the end of the name, not of the word.
        """
        window = text[start : start + LONGEST_SCAN]
        found = [
            (start + len(name), number)
            for name, number in self._names.iter_prefixes_with_ids(window)
            if _ends_word(window, len(name), endings)
        ]
        return tuple(reversed(found))

    def names_from(self, beginning: str) -> Iterator[str]:
        """Yield every exact name that begins so, in no order that means anything."""
        names: Iterator[str] = self._names.iterkeys(beginning)
        return names

    def _exact_numbers(self, name: str) -> list[int]:
        number = self.name_number(name)
        return [] if number < 0 else self.places_of(number).tolist()

    def _folded_numbers(self, name: str) -> list[int]:
        return list(self.folded_places(folded(name)).tolist())

    def _inflected_numbers(self, name: str, language: str | None) -> Iterator[int]:
        for stem in without_genitive(name, language=language):
            yield from self._exact_numbers(stem)
            yield from self._folded_numbers(stem)

    def _under(self, keys: str, number: int | None) -> npt.NDArray[np.uint32]:
        places: npt.NDArray[np.uint32] = self._column[f"{keys}_places"]
        if number is None:
            return places[:0]
        starts = self._column[f"{keys}_starts"]
        return places[starts[number] : starts[number + 1]]

    def _candidates(
        self,
        name: str,
        matches: dict[int, Match],
        limit: int | None,
        *,
        trust: float = 1.0,
        handicap: dict[int, int] | None = None,
    ) -> tuple[Candidate, ...]:
        uses = self._uses(name)
        exact = Match.EXACT in matches.values()
        weights = {
            place: (0.02 if exact and match is not Match.EXACT else 1.0)
            * _TRUST[match]
            * self._weight(place, uses.get(place))
            / 8.0 ** (handicap or {}).get(place, 0)
            for place, match in matches.items()
        }
        total = sum(weights.values())
        best_first = sorted(weights, key=lambda place: (-weights[place], place))
        return tuple(
            Candidate(
                entry=self.entry_at(place),
                score=trust * _trust(matches[place], uses.get(place)) * weights[place] / total,
                match=matches[place],
                why=self._why(name, place, matches[place], uses.get(place)),
            )
            for place in best_first[:limit]
        )

    def _weight(self, place: int, use: int | None) -> float:
        # e^(23 p) is roughly the population that prominence p stands for; its root tempers the giants.
        weight = math.exp(23.0 * 0.7 * self.prominence_at(place))
        entry = self.entry_at(place)
        if entry.feature_code == "ADM2" and entry.country not in {"GB", "IE"}:
            weight *= 0.2  # a district is mostly called one, its town goes by the bare name
        if use is not None:
            if use & NameUse.CODE:
                weight *= 0.01
            elif not use & _WELL_KNOWN:
                weight *= 0.08
        return weight

    def _uses(self, name: str) -> dict[int, int]:
        number = self.name_number(name)
        if number < 0:
            return {}
        return dict(zip(self.places_of(number).tolist(), self.uses_of(number).tolist(), strict=True))

    def _why(self, name: str, place: int, match: Match, use: int | None) -> Wording:
        entry = self.entry_at(place)
        people = entry.population
        size = Wording(
            f", {people:,} Einwohner".replace(",", ".").replace(". ", ", ", 1) if people else "",
            f", population {people:,}" if people else "",
        )
        how = {
            Match.EXACT: Wording(f"heißt „{name}“", f"is called “{name}”"),
            Match.FOLDED: Wording(
                f"heißt „{name}“ in anderer Schreibung", f"is called “{name}” in another spelling"
            ),
            Match.INFLECTED: Wording(
                f"„{name}“ ist eine gebeugte oder anders umgeschriebene Form von „{entry.label('de')}“",
                f"“{name}” is an inflected form or another transcription of “{entry.label('en')}”",
            ),
            Match.NEAR_MISS: Wording(
                f"„{name}“ ist bis auf wenige Buchstaben „{entry.label('de')}“",
                f"“{name}” is “{entry.label('en')}” but for a letter or two",
            ),
        }[match]
        code = use is not None and use & NameUse.CODE
        return Wording(
            how.de + size.de + ("; aber nur als Kürzel" if code else ""),
            how.en + size.en + ("; but only as a code" if code else ""),
        )

    def _read_entry(self, place: int) -> GazetteerEntry:
        lat, lon = self._column["place_latlon"][place].tolist()
        return GazetteerEntry(
            id=self._text("place_id", place),
            name=self._text("place_name", place),
            feature=FEATURES[self._cells["place_feature"][place]],
            feature_code=self._text("place_feature_code", place),
            position=LatLon(lat, lon),
            country=self._text("place_country", place) or None,
            admin1=self._text("place_admin1", place) or None,
            population=int(self._cells["place_population"][place]),
            extent_km=round(float(self._column["place_extent_km"][place]), 1) or None,
            source=self._text("place_source", place),
            name_de=self._text("place_name_de", place),
            name_en=self._text("place_name_en", place),
        )

    def _text(self, column: str, place: int) -> str:
        return self.text_at(self._cells[column][place])


def _trust(match: Match, use: int | None) -> float:
    return _TRUST_IN_CODES if use is not None and use & NameUse.CODE else _TRUST[match]


def _trie(folder: Path, name: str) -> Any:  # noqa: ANN401 - marisa_trie is untyped
    return marisa_trie.Trie().mmap(str(folder / f"{name}.marisa"))


def _whole(text: str) -> str:
    # Half a surrogate pair, as a command line in another encoding brings along, is in no name we know,
    # and the tries cannot be asked for it.
    return text.encode(errors="replace").decode()


def _ends_word(text: str, at: int, endings: Sequence[str]) -> bool:
    if _is_behind_word(text, at):
        return True
    for ending in endings:  # noqa: SIM110 - a generator would cost more than all the rest
        if text.startswith(ending, at) and _is_behind_word(text, at + len(ending)):
            return True
    return False


def _is_behind_word(text: str, at: int) -> bool:
    return at >= len(text) or not (text[at].isalnum() or text[at] == "\u0301")


def _unit_vectors(latlon_deg: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    lat, lon = np.radians(latlon_deg[:, 0]), np.radians(latlon_deg[:, 1])
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
