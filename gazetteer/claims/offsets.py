"""Statements of distance and direction: `etwa 60 km nördlich von X`, `40 miles from X`, `X is Q away`."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Final

from gazetteer.claims.claim import Claim, Path, Relation, Role, StatedDirection, Via
from gazetteer.claims.compass import bearing_of, compass_pattern, wind_of
from gazetteer.claims.cues import cue_pattern, cues
from gazetteer.claims.references import Reference, reference_at
from gazetteer.claims.scene import Scene
from gazetteer.claims.subjects import subject_after, subject_before
from gazetteer.reading.articles import Sentence
from gazetteer.reading.quantities import Dimension, Quantity

_ASIDE: Final = re.compile(
    r"(?:\s?\([^()\n]{1,60}\)|\s?\[[^\[\]\n]{1,40}\]|,\s(?:or|oder)\s(?:about\s|etwa\s|rund\s)?[\d.,]+\s[^\W\d_]+,)"
)
_LEAST_M: Final = 100.0
"""Shorter lengths are not between two places of a gazetteer."""


@dataclass(frozen=True, slots=True)
class Offset:
    """What stands after a quantity: a direction or not, a reference or not, and where it ends."""

    direction: StatedDirection | None
    reference: Reference | None
    end: int
    other: Reference | None = None
    """The first of the two places of `between A and B`."""


def offset_claims(scene: Scene, sentence: Sentence, quantities: tuple[Quantity, ...]) -> tuple[Claim, ...]:
    """Return the claims of one sentence that say how far, and in which direction, one place is from another."""
    found: list[Claim] = []
    for quantity in quantities:
        if quantity.dimension is Dimension.SPEED or not _may_be_distance(scene, quantity):
            continue
        if found and quantity.span.start < found[-1].span.end:
            continue
        claim = _claim(scene, sentence, quantity, found[-1] if found else None)
        if claim is not None:
            found.append(claim)
    return tuple(found)


def _may_be_distance(scene: Scene, quantity: Quantity) -> bool:
    if (
        quantity.dimension is Dimension.LENGTH
        and max(quantity.high if quantity.high < 1e9 else 0, quantity.si_value) < _LEAST_M
    ):
        return False
    if quantity.dimension is Dimension.DURATION and quantity.unit not in {"h", "min", "day"}:
        return False
    if quantity.unit in {"in", "cm", "mm", "ly"}:
        return False
    following = scene.text[quantity.span.end : quantity.span.end + 1]
    if following == "-" and scene.language == "de":
        return False
    after = _not_distance(scene.language).match(scene.text, quantity.span.end)
    return after is None


@functools.cache
def _not_distance(language: str) -> re.Pattern[str]:
    return re.compile(rf"[\s-](?:{cues(language).either('not_distance', 'after')})(?!\w)", re.IGNORECASE)


def _claim(scene: Scene, sentence: Sentence, quantity: Quantity, previous: Claim | None) -> Claim | None:
    start = quantity.hedge.span.start if quantity.hedge is not None else quantity.span.start
    start = min(start, quantity.span.start)
    limit = sentence.span.end
    at = quantity.span.end
    while (aside := _ASIDE.match(scene.text, at, limit)) is not None:
        at = aside.end()
    offset = _between_before(scene, sentence.span.start, start) or _after(
        scene, at, limit, quantity, is_position=previous is not None or _is_position(scene, sentence, start)
    )
    if offset is None:
        offset = _reference_before(scene, sentence.span.start, start, at, limit)
        if offset is None:
            return None
        if offset.reference is not None:
            start = min(start, offset.reference.role.span.start)
    is_travel_time = quantity.dimension is Dimension.DURATION
    if is_travel_time and not _is_travel_time(scene, sentence, quantity, at):
        return None
    end = max(offset.end, quantity.span.end)
    subject = (
        offset.other.role
        if offset.other is not None
        else _subject(scene, sentence, start, end, previous, offset)
    )
    reference = offset.reference.role if offset.reference is not None else None
    if (
        offset.other is None
        and subject is not None
        and reference is not None
        and subject.span == reference.span
    ):
        subject = None
    if reference is None and subject is None:
        return None
    if reference is None and offset.direction is not None and previous is not None:
        reference = _carried(previous)
    return make_claim(
        scene,
        (start, end),
        Relation.DURATION if is_travel_time else Relation.DISTANCE,
        quantity=quantity,
        direction=offset.direction,
        subject=subject,
        reference=reference,
        path=_path(scene, sentence, start, end),
    )


def make_claim(
    scene: Scene,
    bounds: tuple[int, int],
    relation: Relation,
    *,
    quantity: Quantity | None = None,
    direction: StatedDirection | None = None,
    subject: Role | None = None,
    reference: Role | None = None,
    origin: Role | None = None,
    path: Path = Path.UNSPECIFIED,
) -> Claim:
    """Build a claim on `text[start:end]`; its id names its article and start."""
    start, end = bounds
    span = scene.span(start, end)
    return Claim(
        id=f"{span.article}:c{start}",
        span=span,
        quote=scene.text[start:end],
        relation=relation,
        quantity=quantity,
        direction=direction,
        subject=subject,
        reference=reference,
        origin=origin,
        path=path,
    )


def direction_at(scene: Scene, match: re.Match[str]) -> StatedDirection | None:
    """Turn a match with a group `dir` into a direction; None where the word names no wind."""
    word = match["dir"]
    wind = wind_of(word, scene.language)
    if wind is None:
        return None
    return StatedDirection(scene.span(match.start("dir"), match.end("dir")), word, bearing_of(wind), wind)


@functools.cache
def directed(language: str) -> re.Pattern[str]:
    """Return the pattern of a direction word and the preposition after it (group `of`)."""
    known = cues(language)
    further = known.either("position", "further")
    of = known.either("position", "of")
    if language == "de":
        return re.compile(
            rf"\s{{1,2}}(?:(?P<further>{further})\s)?(?:in\s)?{compass_pattern(language)}(?:\sRichtung)?"
            rf"(?P<of>\s(?:{of})\s|(?P<gen>\s)(?=(?:de[rsm]|dieser|dieses|jener)\s|[A-ZÄÖÜ])|(?=\sdavon(?!\w)))?",
            re.IGNORECASE,
        )
    by = r"(?:by\s(?:road|rail|car|train|air|sea)\s)?(?:as\sthe\scrow\sflies,?\s)?"
    return re.compile(
        rf"\s{{1,2}}{by}(?:(?P<further>{further})\s)?{compass_pattern(language)}(?P<of>\s(?:{of})\s)?(?P<gen>(?!))?",
        re.IGNORECASE,
    )


@functools.cache
def _undirected(language: str) -> re.Pattern[str]:
    known = cues(language)
    away, of = known.either("position", "away"), known.either("position", "of")
    front, between = known.either("position", "in_front"), known.either("position", "between")
    if language == "de":
        lead = r"\s{1,2}(?:(?:Luftlinie|weit|der\sLuftlinie\snach|in\sder\sLuftlinie|mit\sdem\sAuto|mit\sdem\sZug)\s)?"
        return re.compile(
            rf"{lead}(?:(?P<between>{between})\s|(?P<awayof>(?:weit\s)?(?:{away}))\s(?:{of})\s|(?P<of>{of}|von\sder|zur)\s"
            rf"|(?P<front>{front})\s|(?P<until>bis(?:\snach|\szur|\szum|\szu)?)\s|(?P<away>(?:weit\s)?(?:{away}))(?!\w))"
        )
    return re.compile(
        rf"\s{{1,2}}(?:(?P<between>{between})\s|(?:{away}\s)?(?P<front>{front})\s|(?P<away>{away})(?!\w))"
    )


def _is_position(scene: Scene, sentence: Sentence, start: int) -> bool:
    """Tell whether the words just before say where something lies: `is located about`."""
    before = scene.text[max(sentence.span.start, start - 30) : start]
    return cue_pattern(scene.language, "position", "verbs").search(before) is not None


def _after(scene: Scene, at: int, limit: int, quantity: Quantity, *, is_position: bool) -> Offset | None:
    match = directed(scene.language).match(scene.text, at, limit)
    if match is not None:
        direction = direction_at(scene, match)
        if direction is not None:
            return _directed_offset(scene, match, direction, limit)
    match = _undirected(scene.language).match(scene.text, at, limit)
    if match is None:
        return None
    if match["between"]:
        return _between(scene, match.end(), limit)
    if match["away"]:
        return Offset(None, None, match.end())
    if quantity.dimension is Dimension.DURATION and not match["front"] and scene.language == "de":
        return None
    reference = reference_at(scene, match.end(), limit, sure=is_position and scene.language == "en")
    if reference is None:
        return None
    end = reference.end
    if scene.language == "de" and match["of"]:
        tail = _AWAY_TAIL.match(scene.text, end, limit)
        end = tail.end() if tail is not None else end
    return Offset(None, reference, end)


_AWAY_TAIL: Final = re.compile(r"\s(?:entfernt(?:e[nrs]?)?|weg)(?!\w)")


def _directed_offset(
    scene: Scene, match: re.Match[str], direction: StatedDirection, limit: int
) -> Offset | None:
    if match["of"] is not None or match["gen"] is not None:
        reference = reference_at(scene, match.end(), limit, sure=match["gen"] is None)
        if reference is not None:
            return Offset(direction, reference, reference.end)
        if match["gen"] is None:
            return None
    if match["further"] or _ENDS_CLAUSE.match(scene.text, match.end("dir"), limit) is not None:
        return Offset(direction, None, match.end("dir"))
    return None


_ENDS_CLAUSE: Final = re.compile(r"\s?(?:[.,;)]|$|\s(?:lies|liegt|and|und)\s)")


def _between(scene: Scene, at: int, limit: int) -> Offset | None:
    """Read `between A and B`."""
    first = reference_at(scene, at, limit, sure=False)
    if first is None:
        return None
    joint = re.compile(r"\s(?:and|und|&)\s").match(scene.text, first.end, limit)
    if joint is None:
        return None
    second = reference_at(scene, joint.end(), limit, sure=False)
    return None if second is None else Offset(None, second, second.end, other=first)


def _between_before(scene: Scene, begin: int, start: int) -> Offset | None:
    """Read `Zwischen A und B liegen`, `Die Entfernung zwischen A und B beträgt`, `from A to B is`."""
    match = _before_pattern(scene.language).search(scene.text, max(begin, start - 160), start)
    if match is None:
        return None
    first = reference_at(scene, match.end(), start, sure=False)
    if first is None:
        return None
    joint = re.compile(r"\s(?:and|und|bis|nach|to|zu|zur|zum)\s").match(scene.text, first.end, start)
    if joint is None:
        return None
    second = reference_at(scene, joint.end(), start, sure=False)
    if second is None or _BETWEEN_TAIL.fullmatch(scene.text, second.end, start) is None:
        return None
    return Offset(None, second, start, other=first)


@functools.cache
def _before_pattern(language: str) -> re.Pattern[str]:
    known = cues(language)
    nouns = known.either("position", "distance_nouns")
    between = known.either("position", "between")
    if language == "de":
        return re.compile(rf"(?i:(?<!\w)(?:(?:{nouns})\s(?:{between}|von)|{between}))\s(?=[^.;]{{0,120}}$)")
    return re.compile(rf"(?i:(?<!\w)(?:{nouns})\s(?:{between}|from))\s(?=[^.;]{{0,120}}$)")


_BETWEEN_TAIL: Final = re.compile(
    r"\s(?:liegen|beträgt|betrug|ist|sind|sei|is|was|lie|are)(?:\s(?:es|nur|auch|etwa|rund|dabei|immerhin|jedoch))*\s"
)


def _reference_before(scene: Scene, begin: int, start: int, at: int, limit: int) -> Offset | None:
    """Read `von Kiew nur 40 Kilometer entfernt`."""
    away = _AWAY_AFTER.match(scene.text, at, limit)
    if away is None or scene.language != "de":
        return None
    for resolution in reversed(scene.names_within(max(begin, start - 60), start)):
        span = resolution.mention.span
        if scene.text[span.end : start].strip():
            return None
        lead = re.compile(r"(?<!\w)(?:von|vom)\s(?:[^\W\d_]+\s){0,3}$").search(
            scene.text, max(begin, span.start - 40), span.start
        )
        if lead is None:
            return None
        found = reference_at(scene, span.start, start, sure=False)
        return None if found is None else Offset(None, found, away.end())
    return None


_AWAY_AFTER: Final = re.compile(r"\s(?:weit\s)?(?:entfernt|weg)(?!\w)")


def _carried(previous: Claim) -> Role | None:
    """Return what `40 Kilometer weiter südlich` counts from: the place just located."""
    role = previous.subject or previous.reference
    return None if role is None else Role(role.place, role.span, Via.IMPLIED)


_CONTINUES: Final = re.compile(
    r"\s?(?:,\s?(?:and|und|sowie)?|and|und|sowie|bzw\.|;)\s?(?:also\s|auch\s|about\s|some\s|is\s|lies\s)*"
)


def _subject(
    scene: Scene, sentence: Sentence, start: int, end: int, previous: Claim | None, offset: Offset
) -> Role | None:
    if previous is not None and previous.subject is not None and previous.span.end <= start:
        if _CONTINUES.fullmatch(scene.text, previous.span.end, start) is not None and not (
            offset.direction is not None and offset.reference is None
        ):
            return previous.subject
    after = subject_after(scene, end, sentence.span.end)
    if after is not None and (after.place is not None or after.via is Via.NAMED):
        return after
    return subject_before(scene, sentence.span.start, start) or after


def _path(scene: Scene, sentence: Sentence, start: int, end: int) -> Path:
    window = scene.text[max(sentence.span.start, start - 60) : min(sentence.span.end, end + 30)]
    if cue_pattern(scene.language, "position", "as_the_crow").search(window):
        return Path.AIR
    if re.search(r"(?<!\w)(?:by|per)\s(?:rail|train|Bahn|Zug)|mit (?:dem Zug|der Bahn)", window):
        return Path.RAIL
    if re.search(r"(?<!\w)by\s(?:road|car)|mit dem Auto|auf der Straße|Straßenkilometer", window):
        return Path.ROAD
    return Path.UNSPECIFIED


def _is_travel_time(scene: Scene, sentence: Sentence, quantity: Quantity, at: int) -> bool:
    """Tell whether a duration measures a way: `two hours' drive from`, `zwei Autostunden von`."""
    del sentence
    words = scene.text[quantity.span.start : at + 30]
    return cue_pattern(scene.language, "trip", "travel_time_nouns").search(words) is not None
