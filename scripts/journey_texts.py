"""Read articles in which every place is marked with what a traveller did there, and count what is found.

    python scripts/journey_texts.py FILE.txt... [--list]

Prints, of the events marked, how many a journey of the product tells (place, whether it is a departure,
whether it has happened), how many it tells wrongly, and whether the traveller is called by one of the names
marked. The form of the files is told in `own_journeys/README.md`. With `--list`, every event and its verdict.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from gazetteer.journeys.events import journeys_of
from gazetteer.journeys.journey import Certainty, Event, EventKind
from gazetteer.places.entries import Feature
from gazetteer.places.index import Gazetteer
from gazetteer.reading.articles import Article, article_from_text
from gazetteer.reading.reader import ArticleReading, read_article
from gazetteer.reading.resolution import Resolution

_HEAD = re.compile(r"^#\s*(\S+)\s+(.*)$")
_TRAVELLER = re.compile(r"^([a-z]): *(.*?)(?: *\| *([a-z+]+))? *$")
_MARK = re.compile(r"\{([^{}|]+)\|([a-z-]+)(?:\|([a-z']+))?\}")
_ROLES = {"dep", "arr", "stop", "no"}
_AHEAD = {Certainty.ANNOUNCED, Certainty.PLANNED, Certainty.EXPECTED}
_SAID = {Certainty.REPORTED, Certainty.EYEWITNESS, *_AHEAD}


@dataclass(frozen=True, slots=True)
class Mark:
    """One place as its writer marked it."""

    start: int
    end: int
    surface: str
    kind: str
    """`dep`, `arr`, `stop` or `no`."""
    status: str
    """`made`, `planned`, `denied`; `none` with the kind `no`."""
    travellers: frozenset[str]
    """Letters, with a `'` behind that of a former journey."""


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """One article with its marks in text order."""

    article: Article
    marks: tuple[Mark, ...]
    names: dict[str, tuple[str, ...]]
    """What the text calls each traveller, by letter."""
    faults: tuple[str, ...] = ()
    """Marks that could not be understood."""


def marked_articles(path: Path, language: str | None = None) -> Iterator[MarkedArticle]:
    """Yield the articles of a file; their ids are the file's stem and their numbers."""
    for block in re.split(r"(?m)^===\s*$", path.read_text(encoding="utf-8")):
        if "---" in block:
            yield _article_in(block.strip("\n"), path.stem, language)


def _article_in(block: str, stem: str, language: str | None) -> MarkedArticle:
    head, _, body = block.partition("\n---")
    lines = head.splitlines()
    titled = next((found for line in lines if (found := _HEAD.match(line))), None)
    number = titled[1] if titled else "0"
    published = re.search(r"(?m)^date: *(\d{4}-\d\d-\d\d)", head)
    names = {
        found[1]: tuple(name.strip() for name in found[2].split(";") if name.strip())
        for line in lines
        if (found := _TRAVELLER.match(line))
    }
    plain, marks, faults, at = [], [], [], 0
    body = body.strip("\n")
    length = 0
    for found in _MARK.finditer(body):
        plain.append(body[at : found.start()])
        length += found.start() - at
        surface, role, letters = found[1], found[2], found[3] or ""
        ahead, _, kind = role.rpartition("-")
        if kind not in _ROLES or ahead not in {"", "p", "x"}:
            faults.append(found[0])
            kind, ahead = "no", ""
        status = "none" if kind == "no" else {"": "made", "p": "planned", "x": "denied"}[ahead]
        travellers = frozenset(re.findall(r"[a-z]'?", letters))
        marks.append(Mark(length, length + len(surface), surface, kind, status, travellers))
        plain.append(surface)
        length += len(surface)
        at = found.end()
    plain.append(body[at:])
    article = article_from_text("".join(plain), source=f"{stem}-{number}", id=f"{stem}-{number}")
    day = dt.date.fromisoformat(published[1]) if published else None
    article = replace(article, published=day, language=language or article.language)
    return MarkedArticle(article, tuple(marks), names, tuple(faults))


@dataclass(slots=True)
class Tally:
    """What was counted."""

    counts: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Say it in one line."""
        c = self.counts
        told = c["right"] + c["again"] + c["wrong"]
        return (
            f"{c['articles']} articles, {c['events']} events: {c['found']} found "
            f"({c['found'] / max(1, c['events']):.3f}), missed {c['events'] - c['found']}; "
            f"told {told}, wrong {c['wrong']} (right {1 - c['wrong'] / max(1, told):.3f}; "
            f"on no-places {c['on no']}, denied {c['on denied']}, status {c['status']}, kind {c['kind']}), "
            f"beside marks {c['beside']}; traveller named right {c['named']} of {c['right'] + c['again']}"
        )


def count(marked: Sequence[MarkedArticle], gazetteer: Gazetteer, tally: Tally | None = None) -> Tally:
    """Count the events that the product finds in articles read one by one, onto what was counted before."""
    tally = Tally() if tally is None else tally
    for one in marked:
        reading = read_article(one.article, gazetteer)
        _count_article(one, reading, gazetteer, tally)
    return tally


def _count_article(one: MarkedArticle, reading: ArticleReading, gazetteer: Gazetteer, tally: Tally) -> None:
    tally.counts["articles"] += 1
    tally.lines.append(f"## {one.article.id}")
    of_mark = resolutions_of(one, reading)
    wanted: dict[tuple[str, bool, bool], set[Mark]] = {}
    for mark in one.marks:
        if mark.status in {"made", "planned"}:
            resolution = of_mark.get(mark)
            entry = resolution.entry if resolution is not None else None
            place = entry.id if entry is not None else mark.surface
            wanted.setdefault((place, mark.kind == "dep", mark.status == "planned"), set()).add(mark)
    # What was planned and then came about is told once, as made.
    needed = {key for key in wanted if not (key[2] and (key[0], key[1], False) in wanted)}
    tally.counts["events"] += len(needed)
    found: set[tuple[str, bool, bool]] = set()
    for journey in journeys_of((reading,), gazetteer, None):
        for event in journey.events:
            if not _is_shown(event):
                continue
            verdict, key = _verdict(event, of_mark, wanted, gazetteer)
            if key is not None:
                tally.counts["again" if key in found else "right"] += 1
                found.add(key)
                letters = {letter[0] for mark in wanted[key] for letter in mark.travellers}
                names = {name for letter in letters for name in one.names.get(letter, ())}
                called = _is_one_of(event.traveller, names)
                tally.counts["named"] += called
                verdict += "" if called else " (traveller)"
            elif verdict == "beside":
                tally.counts["beside"] += 1
            else:
                tally.counts["wrong"] += 1
                tally.counts[verdict] += 1
            sentence = event.sources[0] if event.sources else None
            words = one.article.text[sentence.start : sentence.end][:160] if sentence else ""
            tally.lines.append(
                f"  {verdict:12} {event.traveller[:24]:24} {event.what.en[:40]:40} {event.certainty.value}"
                + (f" | {words!r}" if key is None else "")
            )
    tally.counts["found"] += len(found & needed)
    tally.lines += [
        f"  missed       {'dep' if key[1] else 'at'} {'planned ' if key[2] else ''}"
        f"{next(iter(wanted[key])).surface} {sorted({t for m in wanted[key] for t in m.travellers})} "
        f"| {_around(one, next(iter(wanted[key])))}"
        for key in sorted(needed - found)
    ]


def _around(one: MarkedArticle, mark: Mark) -> str:
    return one.article.text[max(0, mark.start - 70) : mark.end + 40].replace("\n", " ")


def _is_shown(event: Event) -> bool:
    """Tell whether an event is drawn, or would be were its place not a country."""
    if event.place is None or event.certainty not in _SAID:
        return False
    return event.on_route or event.position is None


def resolutions_of(one: MarkedArticle, reading: ArticleReading) -> dict[Mark, Resolution]:
    """Return what the reader made of each mark; a name it read longer or shorter counts as well."""
    found: dict[Mark, Resolution] = {}
    for mark in one.marks:
        over = [
            r
            for r in reading.resolutions
            if r.mention.span.start < mark.end and mark.start < r.mention.span.end
        ]
        if over:
            found[mark] = max(
                over,
                key=lambda r: (
                    min(r.mention.span.end, mark.end) - max(r.mention.span.start, mark.start),
                    -len(r.mention.surface),
                ),
            )
    return found


def _verdict(
    event: Event,
    of_mark: dict[Mark, Resolution],
    wanted: dict[tuple[str, bool, bool], set[Mark]],
    gazetteer: Gazetteer,
) -> tuple[str, tuple[str, bool, bool] | None]:
    if event.place is None:
        return "beside", None
    departs, ahead = event.kind is EventKind.DEPARTURE, event.certainty in _AHEAD
    places = {event.place}
    here = [m for m, r in of_mark.items() if r.entry is not None and r.entry.id == event.place]
    entry = gazetteer.entry(event.place)
    if not here and entry.country is not None:  # a country drawn at its capital
        here = [
            m
            for m, r in of_mark.items()
            if r.entry is not None and r.entry.feature is Feature.COUNTRY and r.entry.country == entry.country
        ]
        places = {r.entry.id for m, r in of_mark.items() if m in here and r.entry is not None}
    for place in places:
        if (place, departs, ahead) in wanted:
            return "right", (place, departs, ahead)
    if not here:
        return "beside", None
    told = [m for m in here if any(s.start <= m.start < s.end for s in event.sources)]
    statuses = {m.status for m in told or here}
    if "made" in statuses or "planned" in statuses:
        if ("planned" in statuses) if ahead else ("made" in statuses):
            return "kind", None
        return "status", None
    return ("on denied" if "denied" in statuses else "on no"), None


def _is_one_of(name: str, names: set[str]) -> bool:
    def words(text: str) -> set[str]:
        found = re.findall(r"[^\W_]+", text.casefold())
        return {
            word.rstrip("s") for word in found if word not in {"the", "der", "die", "das", "a", "ein", "eine"}
        }

    own = words(name)
    return any(own & words(other) for other in names)


def main() -> None:
    """Count over files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    gazetteer = Gazetteer.open()
    for path in arguments.files:
        marked = list(marked_articles(path))
        tally = count(marked, gazetteer)
        if arguments.list:
            print("\n".join(tally.lines))
            print([fault for one in marked for fault in one.faults])
        print(f"{path.name}: {tally}")


if __name__ == "__main__":
    main()
