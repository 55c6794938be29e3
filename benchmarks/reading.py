"""Reading speed: our whole pipeline beside flashgeotext's bare matching, the same text, the same run.

Prints medians of several rounds and their ratio; the machine is noisy, so compare ratios, not seconds.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from gazetteer.places.index import Gazetteer
from gazetteer.reading.articles import article_from_text, load_articles
from gazetteer.reading.reader import read_article, read_articles

ROOT: Final = Path(__file__).parent.parent
ROUNDS: Final = 7


def main() -> None:
    """Print characters per second of both, index opening, memory, and growth with text length."""
    articles = load_articles([ROOT / "seeds"])
    size = sum(len(article.text) for article in articles)
    opened = [timed(Gazetteer.open) for _ in range(ROUNDS)]
    gazetteer = Gazetteer.open()
    read_articles(articles, gazetteer)

    ours = [timed(lambda: read_articles(articles, gazetteer)) for _ in range(ROUNDS)]
    print(f"index open                 {1000 * statistics.median(opened):10.1f} ms")
    print(f"five articles read         {1000 * statistics.median(ours):10.1f} ms   ({size} characters)")
    print(f"luftlinie, full pipeline   {size / statistics.median(ours):10.0f} characters/s")
    peer = peer_seconds([article.text for article in articles])
    if peer is None:
        print("flashgeotext               not installed; run: pip install -e '.[bench]'")
    else:
        print(f"flashgeotext, matching     {size / peer:10.0f} characters/s")
        print(f"ratio, ours to theirs      {peer / statistics.median(ours):10.2f}")

    text = "\n\n".join(article.text for article in articles)
    for copies in (5, 50, 500):
        long = article_from_text("\n\n".join([text] * copies), source=f"{copies}.txt")
        seconds = statistics.median(
            [timed(lambda long=long: read_article(long, gazetteer)) for _ in range(3)]
        )
        print(f"{len(long.text):>10} characters      {len(long.text) / seconds:10.0f} characters/s")
    print(f"resident                   {resident_mb():10.0f} MB")


def timed(work: Callable[[], object]) -> float:
    """Return the wall seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def peer_seconds(texts: list[str]) -> float | None:
    """Return flashgeotext's median seconds for the texts, measured in a process of its own."""
    script = (
        "import json, statistics, sys, time\n"
        "from flashgeotext.geotext import GeoText\n"
        "texts, rounds = json.load(sys.stdin)\n"
        "geotext = GeoText()\n"
        "def once():\n"
        "    start = time.perf_counter()\n"
        "    for text in texts: geotext.extract(input_text=text)\n"
        "    return time.perf_counter() - start\n"
        "once()\n"
        "print(statistics.median(once() for _ in range(rounds)))\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps([texts, ROUNDS]),
        capture_output=True,
        text=True,
        check=False,
    )
    return float(found.stdout.splitlines()[-1]) if found.returncode == 0 else None


def resident_mb() -> float:
    """Return the resident memory of this process in megabytes, as Linux counts it."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    main()
