"""Disputed areas: ground whose borders are not ours to draw.

Source:
    Own compilation, row by row in `data/disputed_areas.csv`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gazetteer.outlines.tables import rows
from gazetteer.positions import LatLon


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


def disputed_at(position: LatLon) -> DisputedArea | None:
    """Return the disputed area around a position, if there is one."""
    return next((area for area in _areas() if area.holds(position)), None)


@cache
def _areas() -> tuple[DisputedArea, ...]:
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
        for row in rows("disputed_areas.csv")
    )
