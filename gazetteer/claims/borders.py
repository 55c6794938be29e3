"""Country borders and coasts: how far a position lies from them, and on whose ground it is.

Source:
    Natural Earth countries 1:10 million (public domain) by way of world-atlas 2.0.2, compiled by
    `scripts/compile_borders.py`. Vertices lie on a grid of 0.0036° by 0.0017°, lines between them are
    generalised: a distance is good to about a kilometre. Lines of control are drawn as they are held;
    where that is contested, `disputed_at` says so.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
import numpy.typing as npt

from gazetteer.geodesy import geodesic_km
from gazetteer.positions import LatLon

_PIECE: Final = 64  # segments that share one bounding ball: 7,000 balls for the world's coasts
_BLOCK: Final = 256 * _PIECE
_COAST: Final = -1

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class DisputedArea:
    """A box around ground that more than one state claims or holds."""

    slug: str
    name_de: str
    name_en: str
    west: float
    south: float
    east: float
    north: float
    claimants: frozenset[str]
    """ISO 3166-1 alpha-2 codes."""

    def holds(self, position: LatLon) -> bool:
        """Tell whether the position lies in the box."""
        return self.south <= position.lat <= self.north and self.west <= position.lon <= self.east


class Borders:
    """The world's borders and coasts. Read only; opens in some tens of milliseconds."""

    def __init__(self, lon: Floats, lat: Floats, arc_of: Ints, sides: Ints, codes: tuple[str, ...]) -> None:
        self._lon = lon
        self._lat = lat
        self._codes = {code: number for number, code in enumerate(codes)}
        self._names = codes
        self._sides = sides
        self._arc_of = arc_of
        joined = arc_of[1:] == arc_of[:-1]
        # The map is cut along the 180th meridian; that edge is neither border nor coast.
        cut = (np.abs(lon[1:]) > 179.99) & (np.abs(lon[:-1]) > 179.99)
        around = np.abs(np.diff(lon)) > 180.0
        self._closed = joined & ~around
        self._drawn = np.flatnonzero(joined & ~cut & ~around)
        self._lines: dict[tuple[int, int], _Line] = {}

    @staticmethod
    def open() -> Borders:
        """Read the compiled borders; one copy per process serves all."""
        return _opened()

    def are_neighbours(self, a: str, b: str) -> bool:
        """Tell whether two countries (ISO alpha-2) share a land or river border."""
        return a != b and self._line(self._number(a), self._number(b)) is not None

    def knows(self, country: str) -> bool:
        """Tell whether a country (ISO alpha-2) is drawn."""
        return self._number(country) >= 0

    def shared_border(self, a: str, b: str) -> tuple[tuple[LatLon, ...], ...]:
        """Return the border between two countries as lines; empty where they share none."""
        line = self._line(self._number(a), self._number(b)) if a != b else None
        return self._polylines(line.segments) if line else ()

    def distance_to_border_km(self, position: LatLon, a: str, b: str | None = None) -> float | None:
        """Return the distance to the border of `a` with `b`, or with any neighbour.

        Returns:
            Geodesic kilometres to the nearest point; None where there is no such border.
        """
        nearest = self.nearest_border_point(position, a, b)
        return None if nearest is None else geodesic_km(position, nearest)

    def nearest_border_point(self, position: LatLon, a: str, b: str | None = None) -> LatLon | None:
        """Return the nearest point of the land border of `a`, with `b` or with any neighbour."""
        number = self._number(a)
        if number < 0 or a == b:
            return None
        line = self._line(number, self._number(b)) if b else self._line_by(number, "border")
        return line.nearest(position, self._lon, self._lat) if line else None

    def distance_to_country_km(self, position: LatLon, country: str) -> float | None:
        """Return the distance to the territory of a country: 0 inside, None for an unknown one."""
        if not self.knows(country):
            return None
        if self.country_at(position) == self._names[self._number(country)]:
            return 0.0
        line = self._line_by(self._number(country), "edge")
        nearest = line.nearest(position, self._lon, self._lat) if line else None
        return None if nearest is None else geodesic_km(position, nearest)

    def distance_to_coast_km(self, position: LatLon, country: str | None = None) -> float | None:
        """Return the distance to the nearest coast of the sea, of one country where given.

        The Caspian counts as a sea; other lakes do not.
        """
        nearest = self.nearest_coast_point(position, country)
        return None if nearest is None else geodesic_km(position, nearest)

    def nearest_coast_point(self, position: LatLon, country: str | None = None) -> LatLon | None:
        """Return the nearest point of the sea coast; None for a landlocked country."""
        number = self._number(country) if country else _COAST
        if country and number < 0:
            return None
        line = self._line_by(number, "coast")
        return line.nearest(position, self._lon, self._lat) if line else None

    def country_at(self, position: LatLon) -> str | None:
        """Return the ISO alpha-2 code of the country drawn there; None at sea or on nobody's ground."""
        # A ray to the North Pole, where no country is, meets each border once on its way; one along a
        # parallel would run into the edge where the map is cut.
        lon = max(-179.9999, min(179.9999, position.lon))
        east = self._lon > lon
        hit = np.flatnonzero((east[1:] != east[:-1]) & self._closed)
        lat0, lat1, lon0, lon1 = self._lat[hit], self._lat[hit + 1], self._lon[hit], self._lon[hit + 1]
        crossing = lat0 + (lon - lon0) / (lon1 - lon0) * (lat1 - lat0)
        sides = self._sides[self._arc_of[hit[crossing > position.lat]]]
        counts = np.bincount(sides[sides >= 0].ravel(), minlength=len(self._names))
        inside = [self._names[number] for number in np.flatnonzero(counts % 2)]
        return next((code for code in inside if not code.startswith("~")), None)

    def same_ground(self, a: str, b: str) -> bool:
        """Tell whether two codes are drawn as one country: `GF` and `FR`, and any code and itself."""
        return a == b or (self._number(a) >= 0 and self._number(a) == self._number(b))

    def disputed_at(self, position: LatLon) -> DisputedArea | None:
        """Return the disputed area around a position, if there is one."""
        return next((area for area in _disputed_areas() if area.holds(position)), None)

    def outlines(
        self, *, west: float, south: float, east: float, north: float, grid_deg: float = 0.0
    ) -> tuple[tuple[LatLon, ...], ...]:
        """Return the borders and coasts that pass through a box, as lines, for drawing.

        Args:
            west: Edges of the box in degrees; a box across the 180th meridian is two boxes.
            south: See `west`.
            east: See `west`.
            north: See `west`.
            grid_deg: Vertices that fall into one cell of this size are drawn once; 0 draws all.
        """
        inside = (self._lon >= west) & (self._lon <= east) & (self._lat >= south) & (self._lat <= north)
        kept = self._drawn[inside[self._drawn] | inside[self._drawn + 1]]
        return self._polylines(kept, grid_deg=grid_deg)

    def _number(self, code: str | None) -> int:
        if code is None:
            return -1
        return self._codes.get(_drawn_as().get(code, code), -1)

    def _line(self, first: int, second: int) -> _Line | None:
        if first < 0 or second < 0 or first == second:
            return None
        key = (min(first, second), max(first, second))
        if key not in self._lines:
            arcs = (self._sides[:, 0] == key[0]) & (self._sides[:, 1] == key[1])
            self._lines[key] = self._line_of(arcs)
        return self._lines[key] if len(self._lines[key].segments) else None

    def _line_by(self, country: int, kind: str) -> _Line | None:
        key = (country, {"border": -2, "coast": -3, "edge": -4}[kind])
        if key not in self._lines:
            touching = (self._sides == country).any(axis=1) if country >= 0 else np.True_
            lone = self._sides[:, 1] < 0
            arcs = {"border": touching & ~lone, "coast": touching & lone, "edge": touching | (lone & False)}
            self._lines[key] = self._line_of(arcs[kind])
        return self._lines[key] if len(self._lines[key].segments) else None

    def _line_of(self, arcs: npt.NDArray[np.bool_]) -> _Line:
        return _Line.of(self._drawn[arcs[self._arc_of[self._drawn]]], self._lon, self._lat)

    def _polylines(self, segments: Ints, *, grid_deg: float = 0.0) -> tuple[tuple[LatLon, ...], ...]:
        if not len(segments):
            return ()
        lines = []
        for run in np.split(segments, np.flatnonzero(np.diff(segments) != 1) + 1):
            points = np.append(run, run[-1] + 1)
            if grid_deg > 0.0:
                cells = np.stack([self._lon[points], self._lat[points]]) // grid_deg
                moved = (cells[:, 1:] != cells[:, :-1]).any(axis=0)
                points = points[np.concatenate([[True], moved[:-1], [True]])]
            lines.append(tuple(LatLon(float(self._lat[i]), float(self._lon[i])) for i in points.tolist()))
        return tuple(lines)


@dataclass(frozen=True, slots=True)
class _Line:
    """Segments in pieces, each with a ball around it, so that most need no look."""

    segments: Ints
    """Index of the first vertex of each segment."""
    centres: Floats
    """Shape (n, 3): middle of each piece on the unit sphere."""
    radii: Floats
    """Shape (n,): of the ball around each piece, in earth radii."""

    @classmethod
    def of(cls, segments: Ints, lon: Floats, lat: Floats) -> _Line:
        if not len(segments):
            return cls(segments, np.zeros((0, 3)), np.zeros(0))
        # In blocks: all the world's coasts at once would take 60 MB for a moment.
        blocks = [_balls(segments[at : at + _BLOCK], lon, lat) for at in range(0, len(segments), _BLOCK)]
        return cls(
            segments,
            np.concatenate([centres for centres, _ in blocks]),
            np.concatenate([radii for _, radii in blocks]),
        )

    def nearest(self, position: LatLon, lon: Floats, lat: Floats) -> LatLon | None:
        """Return the nearest point; segments are so short that their chord serves for the arc."""
        eye = _unit(np.array([position.lon]), np.array([position.lat]), np.array([0]))[0]
        away = np.linalg.norm(self.centres - eye, axis=1)
        near = np.flatnonzero(away - self.radii <= (away + self.radii).min())
        chosen = np.concatenate([self.segments[i * _PIECE : (i + 1) * _PIECE] for i in near])
        a, b = _unit(lon, lat, chosen), _unit(lon, lat, chosen + 1)
        along = b - a
        length2 = np.maximum((along**2).sum(axis=1), 1e-30)
        share = np.clip(((eye - a) * along).sum(axis=1) / length2, 0.0, 1.0)
        feet = a + share[:, None] * along
        x, y, z = feet[int(((feet - eye) ** 2).sum(axis=1).argmin())]
        return LatLon(float(np.degrees(np.arctan2(z, np.hypot(x, y)))), float(np.degrees(np.arctan2(y, x))))


def _balls(segments: Ints, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return centre and radius of a ball around each piece of the segments."""
    starts = np.arange(0, len(segments), _PIECE)
    counts = np.diff(np.append(starts, len(segments)))
    a, b = _unit(lon, lat, segments), _unit(lon, lat, segments + 1)
    centres = (np.add.reduceat(a, starts) + np.add.reduceat(b, starts)) / (2 * counts[:, None])
    around = np.repeat(centres, counts, axis=0)
    reach = np.maximum(np.linalg.norm(a - around, axis=1), np.linalg.norm(b - around, axis=1))
    return centres, np.maximum.reduceat(reach, starts)


def _unit(lon: Floats, lat: Floats, at: Ints) -> Floats:
    lam, phi = np.radians(lon[at]), np.radians(lat[at])
    return np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=1)


@cache
def _opened() -> Borders:
    packed = files("gazetteer.claims").joinpath("data", "borders.npz").read_bytes()
    with np.load(io.BytesIO(packed), allow_pickle=False) as stored:
        lengths = stored["arc_lengths"].astype(np.int64)
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        lon, lat = (
            _degrees(
                stored[f"{name}_steps"], starts, lengths, stored["scale"][axis], stored["translate"][axis]
            )
            for axis, name in enumerate(("lon", "lat"))
        )
        arc_of = np.repeat(np.arange(len(lengths)), lengths)
        sides = stored["sides"].astype(np.int64)
        codes = tuple(str(code) for code in stored["codes"])
    return Borders(lon, lat, arc_of, sides, codes)


def _degrees(steps: Ints, starts: Ints, lengths: Ints, scale: float, translate: float) -> Floats:
    total = np.cumsum(steps, dtype=np.int64)
    # Each arc begins with a place, not a step: take off what the arcs before it have added up to.
    before = np.where(starts > 0, total[starts - 1], 0)
    return np.asarray((total - np.repeat(before, lengths)) * scale + translate, dtype=np.float64)


@cache
def _drawn_as() -> dict[str, str]:
    return {row["code"]: row["drawn_as"] for row in _rows("territories.csv")}


@cache
def _disputed_areas() -> tuple[DisputedArea, ...]:
    return tuple(
        DisputedArea(
            row["slug"],
            row["name_de"],
            row["name_en"],
            float(row["west"]),
            float(row["south"]),
            float(row["east"]),
            float(row["north"]),
            frozenset(row["claimants"].split()),
        )
        for row in _rows("disputed_areas.csv")
    )


def _rows(name: str) -> tuple[dict[str, str], ...]:
    text = files("gazetteer.claims").joinpath("data", name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(io.StringIO(text)))
