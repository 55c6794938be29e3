"""A small map of one claim as SVG: what was said beside what is, over borders and coasts."""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from gazetteer.claims.drawing import ClaimDrawing
from gazetteer.outlines.borders import Borders
from gazetteer.positions import LatLon

_WIDTH: Final = 480.0
_HEIGHT: Final = 320.0
_PADDING: Final = 0.15
_LEAST_SPAN_DEG: Final = 0.4
_KM_PER_DEG: Final = 111.2


@dataclass(frozen=True, slots=True)
class Label:
    """A name at a position."""

    position: LatLon
    name: str


def svg_map(drawing: ClaimDrawing, labels: Sequence[Label], *, title: str) -> str:
    """Return an SVG element; empty where there is nothing to draw.

    Args:
        drawing: The claim's geometry.
        labels: Names beside positions; escaped here.
        title: What the map shows, for readers who do not see it.
    """
    positions = drawing.positions()
    if not positions:
        return ""
    frame = _Frame.around(positions)
    parts = [
        f'<path class="land" d="{frame.path(frame.outlines())}"/>',
        _ring(frame, drawing),
        _shape(frame, "sector", drawing.sector),
        _stroke(frame, "rail", drawing.rail),
        _stroke(frame, "geodesic", drawing.geodesic),
        _stroke(frame, "parallel", drawing.parallel),
        _dot(frame, "reckoned", drawing.reckoned),
        _dot(frame, "nearest", drawing.nearest),
        _dot(frame, "reference", drawing.reference),
        _dot(frame, "true", drawing.true_place),
        *(_text(frame, label) for label in labels),
        frame.scale_bar(),
    ]
    return (
        f'<svg class="map" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" role="img" aria-label="{html.escape(title)}">'
        + "".join(parts)
        + "</svg>"
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """An equidistant cylindrical window around a middle."""

    middle: LatLon
    pixels_per_deg: float
    shrink: float
    """Length of a degree of longitude in degrees of latitude, at the middle."""

    @classmethod
    def around(cls, positions: Iterable[LatLon]) -> _Frame:
        held = list(positions)
        first = held[0].lon
        # Longitudes count from the first position, so that a map may lie across the 180th meridian.
        offsets = [math.remainder(fix.lon - first, 360.0) for fix in held]
        lats = [fix.lat for fix in held]
        lon = math.remainder(first + (min(offsets) + max(offsets)) / 2.0, 360.0)
        lat = (min(lats) + max(lats)) / 2.0
        shrink = max(0.1, math.cos(math.radians(lat)))
        wide = max(_LEAST_SPAN_DEG, (max(offsets) - min(offsets)) * shrink) * (1.0 + 2.0 * _PADDING)
        high = max(_LEAST_SPAN_DEG, max(lats) - min(lats)) * (1.0 + 2.0 * _PADDING)
        return cls(LatLon(lat, lon), min(_WIDTH / wide, _HEIGHT / high), shrink)

    def xy(self, fix: LatLon) -> tuple[float, float]:
        """Return pixels from the upper left corner."""
        dx = math.remainder(fix.lon - self.middle.lon, 360.0) * self.shrink
        dy = self.middle.lat - fix.lat
        return _WIDTH / 2 + dx * self.pixels_per_deg, _HEIGHT / 2 + dy * self.pixels_per_deg

    def path(self, lines: Iterable[Sequence[LatLon]], *, closed: bool = False) -> str:
        """Return the data of an SVG path; a line that leaps across the map is broken there."""
        out: list[str] = []
        for line in lines:
            before: tuple[float, float] | None = None
            for fix in line:
                x, y = self.xy(fix)
                leap = before is not None and abs(x - before[0]) > 180.0 * self.shrink * self.pixels_per_deg
                out.append(f"{'M' if before is None or leap else 'L'}{x:.1f} {y:.1f}")
                before = (x, y)
            if closed and line:
                out.append("Z")
        return "".join(out)

    def outlines(self) -> tuple[tuple[LatLon, ...], ...]:
        """Return borders and coasts in view."""
        half_lon = min(180.0, _WIDTH / 2 / self.pixels_per_deg / self.shrink)
        half_lat = _HEIGHT / 2 / self.pixels_per_deg
        south, north = self.middle.lat - half_lat, self.middle.lat + half_lat
        west, east = self.middle.lon - half_lon, self.middle.lon + half_lon
        boxes = [(max(-180.0, west), min(180.0, east))]
        if west < -180.0:
            boxes.append((west + 360.0, 180.0))
        if east > 180.0:
            boxes.append((-180.0, east - 360.0))
        grid_deg = 1.0 / self.pixels_per_deg
        return tuple(
            line
            for left, right in boxes
            for line in Borders.open().outlines(
                west=left, south=south, east=right, north=north, grid_deg=grid_deg
            )
        )

    def scale_bar(self) -> str:
        """Return a bar of a round length with its number."""
        widest_km = 0.3 * _WIDTH / self.pixels_per_deg * _KM_PER_DEG
        power = 10.0 ** math.floor(math.log10(widest_km))
        km = next(step * power for step in (5, 2, 1) if step * power <= widest_km)
        pixels = km / _KM_PER_DEG * self.pixels_per_deg
        return (
            f'<path class="scale" d="M12 {_HEIGHT - 12:g}h{pixels:.1f}"/>'
            f'<text class="scale" x="12" y="{_HEIGHT - 18:g}">{km:g} km</text>'
        )


def _ring(frame: _Frame, drawing: ClaimDrawing) -> str:
    rings = [ring for ring in (drawing.ring_outer, drawing.ring_inner) if ring]
    if not rings:
        return ""
    return f'<path class="ring" fill-rule="evenodd" d="{frame.path(rings, closed=True)}"/>'


def _shape(frame: _Frame, name: str, line: Sequence[LatLon]) -> str:
    return f'<path class="{name}" d="{frame.path([line], closed=True)}"/>' if line else ""


def _stroke(frame: _Frame, name: str, line: Sequence[LatLon]) -> str:
    return f'<path class="{name}" d="{frame.path([line])}"/>' if line else ""


def _dot(frame: _Frame, name: str, fix: LatLon | None) -> str:
    if fix is None:
        return ""
    x, y = frame.xy(fix)
    return f'<circle class="{name}" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'


def _text(frame: _Frame, label: Label) -> str:
    x, y = frame.xy(label.position)
    anchor, dx = ("end", -9) if x > 0.7 * _WIDTH else ("start", 9)
    return f'<text x="{x + dx:.1f}" y="{y + 4:.1f}" text-anchor="{anchor}">{html.escape(label.name)}</text>'
