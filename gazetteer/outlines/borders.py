"""Country borders and coasts: how far a position lies from them, and on whose ground it is.

Source:
    Natural Earth countries 1:10 million (public domain) by way of world-atlas 2.0.2, compiled by
    `scripts/compile_borders.py`. Vertices lie on a grid of 0.0036° by 0.0017°, lines between them are
    generalised: a distance is good to about a kilometre. Lines of control are drawn as they are held;
    where that is contested, `gazetteer.outlines.disputed` says so.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from gazetteer.errors import DataFileError
from gazetteer.geodesy import geodesic_km
from gazetteer.outlines.columns import Columns
from gazetteer.outlines.lines import Line
from gazetteer.outlines.tables import rows
from gazetteer.positions import LatLon

OUTLINES_FILE: Final = Path(__file__).parent / "data" / "borders.npz"
_COAST: Final = -1
_QUARTER_DEG: Final = 90.0
_STEP_DEG: Final = 0.1

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Borders:
    """The world's borders and coasts. Read only; opens in some tens of milliseconds."""

    def __init__(self, lon: Floats, lat: Floats, arc_of: Ints, sides: Ints, codes: tuple[str, ...]) -> None:
        self._lon = lon
        self._lat = lat
        self._codes = {code: number for number, code in enumerate(codes)}
        self.codes: Final = codes
        """ISO 3166-1 alpha-2; areas that belong to nobody have a name behind a `~`."""
        self._is_country = np.array([not code.startswith("~") for code in codes])
        self._columns: Columns | None = None
        self._sides = sides
        self._arc_of = arc_of
        joined = arc_of[1:] == arc_of[:-1]
        # The map is cut along the 180th meridian; that edge is neither border nor coast.
        cut = (np.abs(lon[1:]) > 179.99) & (np.abs(lon[:-1]) > 179.99)
        around = np.abs(np.diff(lon)) > 180.0
        self._closed = joined & ~around
        self._drawn = np.flatnonzero(joined & ~cut & ~around)
        self._lines: dict[tuple[int, int], Line] = {}

    @staticmethod
    def open() -> Borders:
        """Read the compiled borders; one copy per process serves all.

        Raises:
            DataFileError: If the file is missing or damaged.
        """
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
        if self.country_at(position) == self.codes[self._number(country)]:
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
        number = int(self.countries_at(np.array([position.lat]), np.array([position.lon]))[0])
        return None if number < 0 else self.codes[number]

    def countries_at(self, lat: Floats, lon: Floats) -> Ints:
        """Return for each position the number in `codes` of the country drawn there, -1 where none is.

        Args:
            lat: Shape (n,), degrees.
            lon: Shape (n,), degrees.
        """
        # A ray to the North Pole, where no country is, meets each border once on its way; one along a
        # parallel would run into the edge where the map is cut.
        if self._columns is None:
            self._columns = Columns(self._lon, self._lat, np.flatnonzero(self._closed))
        found = np.full(len(lat), -1, dtype=np.int64)
        position, segment = self._columns.crossings(lat, np.clip(lon, -179.9999, 179.9999))
        sides = self._sides[self._arc_of[segment]]
        met = sides >= 0
        count = len(self.codes)
        pairs, times = np.unique((position[:, None] * count + sides)[met], return_counts=True)
        inside = pairs[times % 2 == 1]
        held = inside[self._is_country[inside % count]]
        # Backwards, so that of two countries that hold a position the first stays.
        found[held[::-1] // count] = held[::-1] % count
        return found

    def stretches(self, position: LatLon, country: str, *, eastward: bool) -> tuple[tuple[float, float], ...]:
        """Return where the ground of a country lies on the parallel or the meridian of a position.

        Args:
            position: Anywhere.
            country: ISO 3166-1 alpha-2.
            eastward: Along the parallel, a quarter of the way round in each direction; else along the
                meridian, from pole to pole.

        Returns:
            Beginning and end of each stretch in degrees east or north of the position, to a tenth of one.
        """
        number = self._number(country)
        if eastward:
            offsets = np.arange(-_QUARTER_DEG, _QUARTER_DEG + _STEP_DEG, _STEP_DEG)
            lon = (position.lon + offsets + 180.0) % 360.0 - 180.0
            lat = np.full(len(offsets), position.lat)
        else:
            lat = np.arange(_STEP_DEG - 90.0, 90.0, _STEP_DEG)
            offsets, lon = lat - position.lat, np.full(len(lat), position.lon)
        held = np.flatnonzero(self.countries_at(lat, lon) == number) if number >= 0 else np.zeros(0, np.int64)
        if not len(held):
            return ()
        runs = np.split(held, np.flatnonzero(np.diff(held) > 1) + 1)
        return tuple((float(offsets[run[0]]), float(offsets[run[-1]])) for run in runs)

    def same_ground(self, a: str, b: str) -> bool:
        """Tell whether two codes are drawn as one country: `GF` and `FR`, and any code and itself."""
        return a == b or (self._number(a) >= 0 and self._number(a) == self._number(b))

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

    def _line(self, first: int, second: int) -> Line | None:
        if first < 0 or second < 0 or first == second:
            return None
        key = (min(first, second), max(first, second))
        if key not in self._lines:
            arcs = (self._sides[:, 0] == key[0]) & (self._sides[:, 1] == key[1])
            self._lines[key] = self._line_of(arcs)
        return self._lines[key] if len(self._lines[key].segments) else None

    def _line_by(self, country: int, kind: str) -> Line | None:
        key = (country, {"border": -2, "coast": -3, "edge": -4}[kind])
        if key not in self._lines:
            touching = (self._sides == country).any(axis=1) if country >= 0 else np.True_
            lone = self._sides[:, 1] < 0
            arcs = {"border": touching & ~lone, "coast": touching & lone, "edge": touching | (lone & False)}
            self._lines[key] = self._line_of(arcs[kind])
        return self._lines[key] if len(self._lines[key].segments) else None

    def _line_of(self, arcs: npt.NDArray[np.bool_]) -> Line:
        return Line.of(self._drawn[arcs[self._arc_of[self._drawn]]], self._lon, self._lat)

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


def is_landlocked(country: str) -> bool:
    """Tell whether a country (ISO alpha-2) is drawn without a coast; the Caspian counts as a sea."""
    borders = _opened()
    return borders.knows(country) and borders.nearest_coast_point(LatLon(0.0, 0.0), country) is None


@cache
def _opened() -> Borders:
    try:
        with np.load(OUTLINES_FILE, allow_pickle=False) as stored:
            lengths = stored["arc_lengths"].astype(np.int64)
            starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
            scale, shift = stored["scale"], stored["translate"]
            lon = _degrees(stored["lon_steps"], starts, lengths, scale[0], shift[0])
            lat = _degrees(stored["lat_steps"], starts, lengths, scale[1], shift[1])
            sides = stored["sides"].astype(np.int64)
            codes = tuple(str(code) for code in stored["codes"])
    except (OSError, ValueError, KeyError) as error:
        raise DataFileError(f"{OUTLINES_FILE}: {error}") from error
    return Borders(lon, lat, np.repeat(np.arange(len(lengths)), lengths), sides, codes)


def _degrees(steps: Ints, starts: Ints, lengths: Ints, scale: float, translate: float) -> Floats:
    total = np.cumsum(steps, dtype=np.int64)
    # Each arc begins with a place, not a step: take off what the arcs before it have added up to.
    before = np.where(starts > 0, total[starts - 1], 0)
    return np.asarray((total - np.repeat(before, lengths)) * scale + translate, dtype=np.float64)


@cache
def _drawn_as() -> dict[str, str]:
    return {row["code"]: row["drawn_as"] for row in rows("territories.csv")}
