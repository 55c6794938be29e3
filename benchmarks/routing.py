"""Routing speed: our network beside networkx on the same graph with the same costs, in the same run.

Prints medians of several rounds and the ratio for each pair; the machine is noisy, so compare ratios.

Usage:
    python benchmarks/routing.py
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from gazetteer.journeys.build import build_railways
from gazetteer.journeys.railways import Policy, RailNetwork
from gazetteer.journeys.routes import route
from gazetteer.positions import LatLon

ROUNDS: Final = 5
STATUS: Final = Path("/proc/self/status")

BERLIN, VIENNA = LatLon(52.5200, 13.4050), LatLon(48.2082, 16.3738)
PAIRS: Final = {
    "short: Berlin-Potsdam": (BERLIN, LatLon(52.3989, 13.0657)),
    "short: Ussuriysk-Vladivostok": (LatLon(43.8029, 131.9458), LatLon(43.1056, 131.8735)),
    "middle: Berlin-Vienna": (BERLIN, VIENNA),
    "long: Pyongyang-Vladivostok": (LatLon(39.0339, 125.7543), LatLon(43.1056, 131.8735)),
    "long: Paris-Istanbul": (LatLon(48.8566, 2.3522), LatLon(41.0138, 28.9497)),
    "long: New York-Los Angeles": (LatLon(40.7143, -74.006), LatLon(34.0522, -118.2437)),
    "long: Madrid-Warsaw": (LatLon(40.4165, -3.7026), LatLon(52.2298, 21.0118)),
    "long: Beijing-Lhasa": (LatLon(39.9075, 116.3972), LatLon(29.65, 91.1)),
    "long: Moscow-Vladivostok": (LatLon(55.7522, 37.6156), LatLon(43.1056, 131.8735)),
    "worst: Lisbon-Ho Chi Minh City": (LatLon(38.7251, -9.1498), LatLon(10.823, 106.6296)),
    "worst: Faro-Komsomolsk-on-Amur": (LatLon(37.0194, -7.9322), LatLon(50.5503, 137.0099)),
}


def main() -> None:
    """Print opening, snapping, routes of every length, and memory, ours and networkx's."""
    build_railways()
    opened = [timed(RailNetwork.open) for _ in range(ROUNDS)]
    print(f"open                             {1000 * statistics.median(opened):9.1f} ms")
    before_mb = resident_mb()
    network = RailNetwork.open()
    first = timed(lambda: route(network, PAIRS["middle: Berlin-Vienna"]))
    print(f"first route (builds its indexes) {1000 * first:9.1f} ms")
    snapped = [
        timed(lambda place=place: network.index.near(place, within_km=4.0))
        for place in sampled_places(network)
    ]
    print(f"snap to the nearest piece        {1000 * statistics.median(snapped):9.2f} ms")
    ours = {name: median_of(lambda pair=pair: route(network, pair)) for name, pair in PAIRS.items()}
    print(f"memory, network and indexes      {resident_mb() - before_mb:9.0f} MB")
    theirs, their_mb = networkx_seconds()
    print(f"memory, networkx                 {their_mb:9.0f} MB")
    print(f"{'':33}{'ours':>9}    {'networkx':>9}    ratio")
    for name, seconds in ours.items():
        peer = theirs.get(name)
        beside = f"{1000 * peer:9.1f} ms {peer / seconds:8.1f}" if peer else "     not installed"
        print(f"{name:33}{1000 * seconds:9.1f} ms {beside}")
    long = [seconds for name, seconds in ours.items() if name.startswith("long")]
    print(f"{'median of the long ones':33}{1000 * statistics.median(long):9.1f} ms")


def timed(work: Callable[[], object]) -> float:
    """Return the wall seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median_of(work: Callable[[], object]) -> float:
    """Return the median wall seconds of several calls."""
    return statistics.median(timed(work) for _ in range(ROUNDS))


def sampled_places(network: RailNetwork) -> list[LatLon]:
    """Return places up to some kilometres off the rails, the same in every run."""
    chance = np.random.default_rng(7)
    points = chance.integers(0, len(network.tracks.lat), 200)
    fixes = [network.tracks.position(int(point)) for point in points]
    return [
        LatLon(fix.lat + d, fix.lon + d)
        for fix, d in zip(fixes, chance.uniform(-0.02, 0.02, 200), strict=True)
    ]


def resident_mb() -> float:
    """Return this process's resident memory, or 0 where the system does not tell."""
    if not STATUS.is_file():
        return 0.0
    line = next(line for line in STATUS.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def networkx_seconds() -> tuple[dict[str, float], float]:
    """Return networkx's seconds by pair and its memory, from a process of its own; empty without it."""
    done = subprocess.run([sys.executable, __file__, "--peer"], capture_output=True, text=True, check=False)
    if done.returncode:
        return {}, 0.0
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer["seconds"], answer["mb"]


def print_peer() -> None:
    """Time networkx's bidirectional Dijkstra, its fastest, and print the seconds as JSON."""
    import networkx as nx  # noqa: PLC0415  (only the peer's process has it)

    network = RailNetwork.open()
    costed = network.costed(Policy())
    before_mb = resident_mb()
    graph = nx.Graph()
    tracks = network.tracks
    graph.add_weighted_edges_from(
        zip(tracks.tail.tolist(), tracks.head.tolist(), costed.cost_km.tolist(), strict=True)
    )
    their_mb = resident_mb() - before_mb
    seconds = {}
    for name, (origin, destination) in PAIRS.items():
        main_part = np.argmax(np.bincount(costed.part))
        ends = []
        for place in (origin, destination):
            near = network.index.near(place, within_km=25.0).piece
            on_main = near[
                np.isin(costed.part[tracks.tail[near]], [main_part, costed.part[tracks.tail[near[0]]]])
            ]
            ends.append(int(tracks.tail[on_main[0]]))
        if nx.has_path(graph, *ends):
            seconds[name] = statistics.median(
                timed(lambda ends=ends: nx.bidirectional_dijkstra(graph, *ends)) for _ in range(3)
            )
    json.dump({"seconds": seconds, "mb": their_mb}, sys.stdout)


if __name__ == "__main__":
    if "--peer" in sys.argv:
        print_peer()
    else:
        main()
