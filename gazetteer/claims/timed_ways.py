"""How long a way takes, told by its ends: `from A to B in an hour`, `the ferry from A takes two hours`."""

from __future__ import annotations

import functools
import re
from typing import Final

from gazetteer.claims.anaphora import last_point
from gazetteer.claims.claim import Claim, Role, Via
from gazetteer.claims.cues import cue_pattern, cues
from gazetteer.claims.references import reference_at
from gazetteer.claims.scene import Scene, place_id, point_of
from gazetteer.claims.trip_ends import Ends, implied, joined_ends, next_words, pair_at
from gazetteer.reading.articles import Sentence
from gazetteer.reading.quantities import Quantity

_LONGEST: Final = 110
_MOST_LEADS: Final = 4
_SHORT: Final = frozenset({"min", "h"})
_VEHICLES: Final = ("rail", "road", "air", "other")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def ends_beside(scene: Scene, sentence: Sentence, quantity: Quantity, start: int) -> Ends | None:
    """Return the ends of the way that a duration is said of right behind them.

    Args:
        scene: The article.
        sentence: The sentence the duration stands in.
        quantity: The duration.
        start: Where it begins with its hedge.

    Returns:
        None where no `from A to B` leads up to it, or where nobody is said to travel: a move or a talk from
        A to B takes time as well.
    """
    if quantity.unit not in _SHORT or not _is_travelled(scene, sentence):
        return None
    behind = _ends_behind(scene, sentence, quantity, start)
    if behind is not None:
        return behind
    floor = max(sentence.span.start, start - _LONGEST)
    leads = list(_from(scene.language).finditer(scene.text, floor, start))
    for lead in leads[-_MOST_LEADS:]:
        pair = pair_at(scene, lead.end(), start)
        if pair is None or any(end.entry is None for end in pair):
            continue
        origin, goal = pair
        if _leads_up(scene, sentence, goal.end, start, quantity.span.end):
            return Ends(origin.role, goal.role)
    return None


def _ends_behind(scene: Scene, sentence: Sentence, quantity: Quantity, start: int) -> Ends | None:
    """Read `flog in zwei Stunden von A nach B`, `schafft die Strecke A–B in zwei Stunden`."""
    limit, at = sentence.span.end, quantity.span.end
    before = _WORD.findall(scene.text[max(sentence.span.start, start - 8) : start])
    if not before or before[-1].lower() not in scene.cues.words("trip", "within"):
        return None
    joined = joined_ends(scene, sentence)
    if joined is not None:
        return Ends(*joined)
    lead = next_words(scene.language, "from").match(scene.text, at, limit)
    pair = None if lead is None else pair_at(scene, lead.end(), limit)
    if pair is None or any(end.entry is None for end in pair):
        return None
    return Ends(pair[0].role, pair[1].role)


@functools.cache
def _from(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{cues(language).either('trip', 'from')})\s", re.IGNORECASE)


def _is_travelled(scene: Scene, sentence: Sentence) -> bool:
    begin, limit = sentence.span.start, sentence.span.end
    return any(
        cue_pattern(scene.language, section, name).search(scene.text, begin, limit) is not None
        for section, name in _TRAVEL
    )


_TRAVEL: Final = (
    ("trip", "carries"),
    ("trip", "travels"),
    ("trip", "covered"),
    ("vehicles", "rail"),
    ("vehicles", "road"),
    ("vehicles", "air"),
    ("vehicles", "other"),
)


def _leads_up(scene: Scene, sentence: Sentence, end: int, start: int, behind: int) -> bool:
    """Tell whether nothing but a verb, a vehicle and `in` stand between the ends and the duration."""
    gap = scene.text[end:start]
    if any(mark in gap for mark in ".,;:()"):
        return False
    words = _WORD.findall(gap)
    known = scene.cues
    within = known.words("trip", "within")
    plain = (
        known.words("offset", "it_is_filler")
        | known.words("trip", "carries")
        | known.words("trip", "travels")
        | known.words("trip", "takes")
        | known.words("anaphora", "definites")
        | known.words("anaphora", "indefinites")
        | known.words("anaphora", "pronouns")
        | within
    )
    for word in words:
        is_vehicle = any(word.lower() in known.words("vehicles", name) for name in _VEHICLES)
        if word.lower() not in plain and not is_vehicle:
            return False
    takes = cue_pattern(scene.language, "trip", "takes")
    is_taken = takes.search(gap) is not None or takes.match(scene.text, behind + 1, sentence.span.end)
    return bool(is_taken) or any(word in within for word in words)


def way_of_vehicle(
    scene: Scene, sentence: Sentence, quantity: Quantity, start: int, measured: Claim | None
) -> Ends | None:
    """Read `the fast ferry from A takes two hours`: to what was located just before, else named last.

    Args:
        scene: The article.
        sentence: The sentence the duration stands in.
        quantity: The duration.
        start: Where it begins with its hedge.
        measured: The last distance told before.
    """
    if quantity.unit not in _SHORT:
        return None
    floor = max(sentence.span.start, start - _LONGEST)
    lead = None
    for match in _vehicle_from(scene.language).finditer(scene.text, floor, start):
        lead = match
    origin = None if lead is None else reference_at(scene, lead.end(), start, sure=False)
    if lead is None or origin is None or origin.entry is None:
        return None
    takes = _takes(scene.language).fullmatch(scene.text, origin.end, start)
    goal = None if takes is None else _goal(scene, sentence, lead.start(), measured)
    if goal is None or goal.place in {None, origin.role.place}:
        return None
    return Ends(origin.role, implied(goal))


def _goal(scene: Scene, sentence: Sentence, position: int, measured: Claim | None) -> Role | None:
    if measured is not None and sentence.span.start <= measured.span.start < position:
        return measured.subject
    point = last_point(scene, position)
    return None if point is None else Role(place_id(point_of(point)), point.mention.span, Via.IMPLIED)


@functools.cache
def _vehicle_from(language: str) -> re.Pattern[str]:
    known = cues(language)
    vehicles = "|".join(known.either("vehicles", name) for name in _VEHICLES)
    nouns = known.either("trip", "travel_time_nouns")
    return re.compile(rf"(?<!\w)(?:{vehicles}|{nouns})\s(?:{known.either('trip', 'from')})\s", re.IGNORECASE)


@functools.cache
def _takes(language: str) -> re.Pattern[str]:
    known = cues(language)
    return re.compile(
        rf"\s(?:{known.either('trip', 'takes')})(?:\s(?:{known.either('offset', 'it_is_filler')})){{0,2}}\s"
    )
