"""A small network made by hand: two islands, three countries, one break of gauge."""

import numpy as np

from gazetteer.journeys.railways import RailNetwork
from gazetteer.journeys.tracks import Tracks
from gazetteer.positions import LatLon

POINTS = {
    "west": (50.0, 10.0),
    "middle": (50.0, 10.5),
    "east": (50.0, 11.0),
    "north": (50.4, 10.5),
    "harbour": (50.0, 20.0),
    "lighthouse": (50.1, 20.0),
}
"""West, middle and east in a row; the loop by the north is longer; the harbour is on another island."""

PIECES = [
    ("west", "middle"),
    ("middle", "east"),
    ("west", "north"),
    ("north", "east"),
    ("harbour", "lighthouse"),
]
COUNTRIES = {"west": "PL", "middle": "BY", "east": "PL", "north": "PL", "harbour": "PL", "lighthouse": "PL"}


def at(name: str) -> LatLon:
    return LatLon(*POINTS[name])


def hand_made_tracks() -> Tracks:
    names = list(POINTS)
    lat, lon = (np.array([POINTS[name][axis] for name in names]) for axis in (0, 1))
    tail, head = (np.array([names.index(piece[end]) for piece in PIECES]) for end in (0, 1))
    return Tracks.of(lat, lon, tail, head, np.zeros(len(PIECES))).with_short_pieces()


def hand_made_network(*, one_country: bool = True) -> RailNetwork:
    tracks = hand_made_tracks()
    codes = ("BY", "PL")
    nearest = [
        min(POINTS, key=lambda name: abs(POINTS[name][0] - lat) + abs(POINTS[name][1] - lon))
        for lat, lon in zip(tracks.lat.tolist(), tracks.lon.tolist(), strict=True)
    ]
    country = np.array(
        [codes.index("PL" if one_country else COUNTRIES[name]) for name in nearest], dtype=np.uint8
    )
    return RailNetwork.of(tracks, country_codes=codes, country=country, source="made by hand")
