"""The railway network: tracks of the world, countries, official lines, opened from compiled files."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from gazetteer.compiled import check_compiled, compiled_home, source_digest
from gazetteer.errors import IndexDamagedError
from gazetteer.journeys import borders, gaps, official
from gazetteer.journeys.borders import BorderTable
from gazetteer.journeys.gaps import Link, links_in
from gazetteer.journeys.own_lines import OwnLine, lay_lines, read_own_lines
from gazetteer.journeys.search import CostedTracks, RailPoint
from gazetteer.journeys.snapping import PieceIndex
from gazetteer.journeys.source import ATTRIBUTION, source_version
from gazetteer.journeys.tracks import Origin, Tracks
from gazetteer.outlines.borders import OUTLINES_FILE
from gazetteer.positions import LatLon
from gazetteer.wording import Wording

SCHEMA: Final = "railways/5"
BUILD_COMMAND: Final = "luftlinie gazetteer build"
TRACKS_FILE: Final = "tracks.npz"
FACTS_FILE: Final = "facts.json"

OFFICIAL_LINE_FACTOR: Final = 0.9
"""Cost of a kilometre on a preferred line: trains keep to a main line that a shorter branch undercuts.
The Trans-Siberian by Kirov is 9 % longer than its undercut by Kazan, Pyongyang-Rajin 2.4 %."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What a route may ride on.

    Args:
        within: ISO 3166-1 alpha-2 codes; if not empty, the route stays inside these countries.
        avoid: Codes of countries the route keeps out of.
        avoid_places: Positions the route keeps `AVOIDED_KM` away from.
        prices_borders: Whether a border costs kilometres; without it the shortest way wins.
    """

    within: frozenset[str] = frozenset()
    avoid: frozenset[str] = frozenset()
    avoid_places: tuple[LatLon, ...] = ()
    prices_borders: bool = True


AVOIDED_KM: Final = 5.0


@dataclass(frozen=True, slots=True)
class Station:
    """A station of an official line, on the tracks."""

    name: Wording
    line: int
    km: float
    position: LatLon
    point: RailPoint


@dataclass(frozen=True, eq=False, repr=False)
class RailNetwork:
    """The tracks with everything routes need; immutable, shared between threads."""

    tracks: Tracks
    country_codes: tuple[str, ...]
    country: npt.NDArray[np.uint8]
    """Shape (n,): for each track point the number of its country's code."""
    line_names: tuple[Wording, ...]
    """Names of the official lines, by number."""
    line_is_preferred: tuple[bool, ...]
    stations: tuple[Station, ...]
    border_table: BorderTable
    source: str
    own_lines: tuple[OwnLine, ...] = ()
    _costed: OrderedDict[Policy, CostedTracks] = field(default_factory=OrderedDict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def __repr__(self) -> str:
        return f"RailNetwork({self.source})"

    @classmethod
    def open(cls, *, thorough: bool = False) -> Self:
        """Open the compiled network.

        Raises:
            IndexMissingError: If it has not been built for this source and these tables.
            IndexDamagedError: If a file is not as it was built.
        """
        folder = compiled_railways()
        check_compiled(folder, command=BUILD_COMMAND, thorough=thorough)
        try:
            return cls._read(folder)
        except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
            raise IndexDamagedError(f"{folder}: {error!r}; run: {BUILD_COMMAND} --force") from error

    @classmethod
    def of(
        cls,
        tracks: Tracks,
        *,
        country_codes: Sequence[str] = ("ZZ",),
        country: npt.NDArray[np.uint8] | None = None,
        line_names: Sequence[Wording] = (),
        line_is_preferred: Sequence[bool] = (),
        stations: Sequence[Station] = (),
        border_table: BorderTable | None = None,
        source: str = "",
    ) -> Self:
        """Build a network from tracks in memory; all in one country unless told."""
        return cls(
            tracks=tracks,
            country_codes=tuple(country_codes),
            country=np.zeros(len(tracks.lat), dtype=np.uint8) if country is None else country,
            line_names=tuple(line_names),
            line_is_preferred=tuple(line_is_preferred),
            stations=tuple(stations),
            border_table=border_table or BorderTable.read(),
            source=source,
        )

    @property
    def length_km(self) -> float:
        """Length of all tracks."""
        return float(self.tracks.length_km.sum())

    @property
    def added_links(self) -> tuple[Link, ...]:
        """Every piece added to close a gap in the source, longest first."""
        return links_in(self.tracks)

    def summary(self) -> tuple[tuple[Wording, Wording], ...]:
        """Return what the network holds and where it comes from, as pairs of label and text."""
        links = self.added_links
        closed_km = sum(link.length_km for link in links)
        longest_km = links[0].length_km if links else 0.0
        official_km = float(self.tracks.length_km[self.tracks.line >= 0].sum())
        track, pieces = Wording.number(f"{self.length_km:,.0f}"), Wording.number(f"{len(self.tracks.tail):,}")
        count, longest = Wording.number(f"{len(links):,}"), Wording.number(f"{longest_km:.1f}")
        closed, official = Wording.number(f"{closed_km:,.0f}"), Wording.number(f"{official_km:,.0f}")
        own_lines = ", ".join(own.source for own in self.own_lines)
        return (
            (
                Wording("Schienen", "railways"),
                Wording(
                    f"{track.de} km Gleis, {pieces.de} Stücke",
                    f"{track.en} km of track, {pieces.en} pieces",
                ),
            ),
            (Wording("Quelle der Schienen", "railway source"), Wording.same(f"{self.source}; {ATTRIBUTION}")),
            (
                Wording("geschlossene Lücken", "gaps closed"),
                Wording(
                    f"{count.de} Verbindungen, zusammen {closed.de} km, höchstens {longest.de} km",
                    f"{count.en} links, {closed.en} km together, {longest.en} km at most",
                ),
            ),
            (
                Wording("amtliche Strecken", "official lines"),
                Wording(
                    f"{official.de} km: {', '.join(name.de for name in self.line_names)}",
                    f"{official.en} km: {', '.join(name.en for name in self.line_names)}",
                ),
            ),
            (Wording("eigene Strecken", "own lines"), Wording(own_lines or "keine", own_lines or "none")),
        )

    def with_lines(self, path: Path) -> RailNetwork:
        """Return a network with the lines of a GeoJSON file or GeoPackage added.

        Their ends, and wherever they come within `own_lines.JOIN_KM` of a track at a corner, are joined.

        Raises:
            DataFileError: If the file cannot be read or holds no usable line. Single broken features
                are left out and named in the `faults` of `own_lines`.
        """
        added = read_own_lines(path)
        tracks = lay_lines(self.tracks, added.lines)
        grown = _country_of_grown(self, tracks)
        return RailNetwork(
            tracks=tracks,
            country_codes=self.country_codes,
            country=grown,
            line_names=self.line_names,
            line_is_preferred=self.line_is_preferred,
            stations=_stations_on(tracks, self.stations),
            border_table=self.border_table,
            source=self.source,
            own_lines=(*self.own_lines, added),
        )

    def country_at(self, point: int) -> str:
        """Return the code of the country in which a track point lies."""
        return self.country_codes[int(self.country[point])]

    @cached_property
    def index(self) -> PieceIndex:
        """Finds pieces near a position."""
        return PieceIndex(self.tracks)

    def costed(self, policy: Policy) -> CostedTracks:
        """Return the tracks priced by a policy; the last few policies are kept."""
        with self._lock:
            if policy not in self._costed:
                self._costed[policy] = CostedTracks(self.tracks, self._cost_km(policy))
                while len(self._costed) > 6:
                    self._costed.popitem(last=False)
            self._costed.move_to_end(policy)
            return self._costed[policy]

    def _cost_km(self, policy: Policy) -> npt.NDArray[np.float64]:
        tracks = self.tracks
        # One more entry, found by line number -1: track on no official line.
        factors = [OFFICIAL_LINE_FACTOR if preferred else 1.0 for preferred in self.line_is_preferred]
        cost = tracks.length_km * np.array([*factors, 1.0])[tracks.line]
        tail, head = self.country[tracks.tail], self.country[tracks.head]
        if policy.prices_borders:
            for piece in np.flatnonzero(tail != head).tolist():
                codes = self.country_codes[tail[piece]], self.country_codes[head[piece]]
                cost[piece] += self.border_table.price_km(*codes)
        shut = np.array([self._is_shut(code, policy) for code in self.country_codes], dtype=bool)
        cost[shut[tail] | shut[head]] = np.inf
        for place in policy.avoid_places:
            cost[self.index.near(place, within_km=AVOIDED_KM).piece] = np.inf
        return np.asarray(cost)

    @staticmethod
    def _is_shut(code: str, policy: Policy) -> bool:
        return code in policy.avoid or bool(policy.within and code not in policy.within)

    @classmethod
    def _read(cls, folder: Path) -> Self:
        facts = json.loads((folder / FACTS_FILE).read_text(encoding="utf-8"))
        with np.load(folder / TRACKS_FILE, allow_pickle=False) as stored:
            tracks = Tracks(
                lat=stored["lat_e6"] / 1e6,
                lon=stored["lon_e6"] / 1e6,
                tail=stored["tail"],
                head=stored["head"],
                length_km=stored["length_cm"] / 1e5,
                origin=stored["origin"],
                line=stored["line"],
            )
            country = stored["country"]
        return cls(
            tracks=tracks,
            country_codes=tuple(facts["countries"]),
            country=country,
            line_names=tuple(Wording(de=line["de"], en=line["en"]) for line in facts["lines"]),
            line_is_preferred=tuple(bool(line["preferred"]) for line in facts["lines"]),
            stations=tuple(
                Station(
                    Wording(de=row["de"], en=row["en"]),
                    row["line"],
                    row["km"],
                    LatLon(row["lat"], row["lon"]),
                    RailPoint(row["piece"], row["fraction"]),
                )
                for row in facts["stations"]
            ),
            border_table=BorderTable.read(),
            source=facts["source"],
        )


def compiled_railways() -> Path:
    """Return the folder in which the network of this source, schema and these tables is compiled."""
    tables = (*official.TABLES, OUTLINES_FILE, gaps.JOINS_FILE)
    return compiled_home() / f"railways-{source_digest(tables, SCHEMA, source_version())}"


def tables_read() -> tuple[Path, ...]:
    """Return every data file that routes rest on, for a page about sources."""
    files = (*official.TABLES, OUTLINES_FILE, gaps.JOINS_FILE)
    return (*files, borders.BORDERS_FILE, borders.GAUGES_FILE, borders.BREAKS_FILE)


def _country_of_grown(network: RailNetwork, tracks: Tracks) -> npt.NDArray[np.uint8]:
    known = len(network.country)
    grown = np.zeros(len(tracks.lat), dtype=np.uint8)
    grown[:known] = network.country
    for point in range(known, len(tracks.lat)):
        grown[point] = network.country[network.index.nearest_point(tracks.position(point))]
    return grown


def _stations_on(tracks: Tracks, stations: Sequence[Station]) -> tuple[Station, ...]:
    index = PieceIndex(tracks)
    moved = []
    for station in stations:
        near = index.near(station.position, within_km=official.STATION_TO_TRACK_KM)
        sourced = np.flatnonzero(tracks.origin[near.piece] != Origin.OWN)
        if len(sourced):
            at = RailPoint(int(near.piece[sourced[0]]), float(near.fraction[sourced[0]]))
            moved.append(Station(station.name, station.line, station.km, station.position, at))
    return tuple(moved)
