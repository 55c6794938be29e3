"""Reading speed beside flashgeotext's bare matching: the same texts in the same run, round about.

Three kinds of text: the five articles of `seeds/`; their sentences, each an article of its own; the five
articles again and again in one document of a megabyte and of ten. What is timed, on articles at hand:

- `all`: `read_article`, that is sentences, quantities, names with kind, role, place and candidates, and
  anaphors. Title, date and language are told when an article is made and are not in it.
- `names`: the same without sentences, quantities, roles and anaphors: the text is normalised and cut into
  words, names are found, and each is resolved among its candidates.
- `flashgeotext`: `GeoText.extract` of the same texts: names looked up in a list of 50,000, none refused.

All have met the words before (the first reading, which has not, is told apart), and rounds take turns, as
the machine's speed drifts. Compare ratios, not seconds. Takes less than a minute.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from gazetteer.places.index import Gazetteer
from gazetteer.reading.articles import Article, article_from_text, load_articles
from gazetteer.reading.detection import detect
from gazetteer.reading.disambiguation import Disambiguator
from gazetteer.reading.finding import Finder
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.reader import read_article, read_articles
from gazetteer.reading.sentences import sentence_bounds
from gazetteer.reading.tokens import Text, Words
from gazetteer.reading.weighing import Weights

ROOT: Final = Path(__file__).parent.parent
MB: Final = 1_000_000
"""Characters, of which nearly all are one byte long."""

Work = Callable[[Sequence[Article]], object]


def main() -> None:
    """Print characters per second of each and their ratios, index opening and memory."""
    articles = load_articles([ROOT / "seeds"])
    opened = statistics.median(timed(Gazetteer.open) for _ in range(7))
    gazetteer = Gazetteer.open()
    size = sum(len(article.text) for article in articles)
    first = timed(lambda: read_articles(articles, gazetteer))
    print(f"index open      {1000 * opened:8.1f} ms")
    print(f"first reading   {1000 * first:8.0f} ms   {size} characters, tables loaded on the way")
    print(f"resident        {resident_mb():8.0f} MB")
    works: dict[str, Work] = {
        "all": lambda texts: read_articles(texts, gazetteer),
        "names": Names(gazetteer),
    }
    peer = peer_work()
    if peer is not None:
        works["flashgeotext"] = peer
    else:
        print("flashgeotext is not installed; run: pip install -e '.[bench]'")
    print(f"\n{'million characters a second':30}" + "".join(f"{name:>14}" for name in works) + "   ratios")
    report("five articles", articles, works, rounds=15)
    report("their sentences", sentences_of(articles), works, rounds=9)
    report("one document of 1 MB", [long_article(articles, MB)], works, rounds=3)
    long = long_article(articles, 10 * MB)
    # In a process of its own, for its memory.
    told = subprocess.run([sys.executable, __file__, "long"], capture_output=True, text=True, check=True)
    seconds, peak, names = map(float, told.stdout.split())
    line = f"{'one document of 10 MB':30}{len(long.text) / seconds / 1e6:14.2f}{'':14}"
    if peer is not None:
        of_peer = timed(lambda: peer([long]))
        line += f"{len(long.text) / of_peer / 1e6:14.2f}   {of_peer / seconds:.2f}"
    print(f"{line}\n{names:.0f} names in it; at most {peak:.0f} MB resident, the text included")


def read_long() -> None:
    """Read ten megabytes; print seconds, the most memory resident, and how many names there are."""
    articles, gazetteer = load_articles([ROOT / "seeds"]), Gazetteer.open()
    read_articles(articles, gazetteer)
    long = long_article(articles, 10 * MB)
    start = time.perf_counter()
    reading = read_article(long, gazetteer)
    print(time.perf_counter() - start, peak_mb(), len(reading.resolutions))


def long_article(articles: Sequence[Article], length: int) -> Article:
    """Return the articles again and again as one document of at least so many characters."""
    text = "\n\n".join(article.text for article in articles) + "\n\n"
    return article_from_text(text * (length // len(text) + 1), source="long.txt")


def report(title: str, texts: Sequence[Article], works: dict[str, Work], *, rounds: int) -> None:
    """Print one line: the speed of each work, and of ours as a share of flashgeotext's."""
    size = sum(len(article.text) for article in texts)
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(rounds + 1):
        for name, work in works.items():
            taken = timed(lambda work=work: work(texts))
            if turn:  # the first makes warm
                seconds[name].append(taken)
    speeds = {name: size / statistics.median(taken) / 1e6 for name, taken in seconds.items()}
    line = f"{title:30}" + "".join(f"{speed:14.2f}" for speed in speeds.values())
    if "flashgeotext" in speeds:
        peer = speeds["flashgeotext"]
        line += "   " + ", ".join(f"{speeds[name] / peer:.2f}" for name in ("all", "names"))
    print(line, flush=True)


class Names:
    """Finds and resolves names, and nothing else."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Take the gazetteer."""
        self._gazetteer = gazetteer
        self._finders = {code: Finder(gazetteer, Lexicon.of(code)) for code in ("de", "en")}

    def __call__(self, articles: Sequence[Article]) -> None:
        """Read the names of each article."""
        for article in articles:
            if (finder := self._finders.get(article.language)) is not None:
                plain = Text.of(article.text).plain
                detected, here = detect(plain, Words.of(plain), finder, Weights.of(article.language))
                Disambiguator.of(self._gazetteer, article.language).resolve(detected, here)


def peer_work() -> Work | None:
    """Return flashgeotext's extraction, None where it is not installed."""
    try:
        from flashgeotext.geotext import GeoText  # noqa: PLC0415 - an optional peer
    except ImportError:
        return None
    geotext = GeoText()
    return lambda articles: [geotext.extract(input_text=article.text) for article in articles]


def sentences_of(articles: Sequence[Article]) -> list[Article]:
    """Return each sentence as an article of its own, in the language of the whole."""
    return [
        replace(article, id=f"{article.id}-{start}", text=article.text[start:end])
        for article in articles
        for start, end in sentence_bounds(article.text, language=article.language)
    ]


def timed(work: Callable[[], object]) -> float:
    """Return the wall seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def resident_mb() -> float:
    """Return the resident memory of this process in megabytes, as Linux counts it."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def peak_mb() -> float:
    """Return the most memory this process has had resident, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


if __name__ == "__main__":
    if sys.argv[1:] == ["long"]:
        read_long()
    else:
        main()
