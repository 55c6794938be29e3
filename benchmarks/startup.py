"""From process start to the first answer: `luftlinie read` on the five articles, cold each time."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
ROUNDS: Final = 5


def main() -> None:
    """Print median wall seconds and peak memory for a bare Python, a help page and a full reading."""
    seeds = sorted(str(path) for path in (ROOT / "seeds").glob("*.txt"))
    cli = [sys.executable, "-m", "gazetteer.cli"]
    for name, command in (
        ("python -c pass", [sys.executable, "-c", "pass"]),
        ("luftlinie --help", [*cli, "--help"]),
        ("luftlinie where Wladiwostok", [*cli, "where", "Wladiwostok"]),
        ("luftlinie read seeds --json", [*cli, "read", *seeds, "--json"]),
    ):
        seconds = statistics.median(run_seconds(command) for _ in range(ROUNDS))
        print(f"{name:32} {seconds:6.2f} s")
    peak_kb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"{'largest of them, peak memory':32} {peak_kb / 1024:6.0f} MB")


def run_seconds(command: list[str]) -> float:
    """Return the wall seconds of one process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
