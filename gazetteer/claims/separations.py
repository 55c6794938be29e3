"""Statements of distance: how far, and in which direction, one place is from another."""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from typing import Final

from gazetteer.claims.anaphora import last_point, told_before
from gazetteer.claims.claim import Claim, Path, Relation, Role, Via
from gazetteer.claims.compass import wind_of
from gazetteer.claims.cues import cue_pattern, cues
from gazetteer.claims.ellipsis import elliptic_length
from gazetteer.claims.measures import is_other_measure, not_distance
from gazetteer.claims.named_roles import name_at
from gazetteer.claims.offsets import Offset, directed, it_is, offset_at
from gazetteer.claims.references import reference_at
from gazetteer.claims.scene import Scene, place_id, point_of
from gazetteer.claims.subjects import subject_after, subject_before, subject_behind_comma, subject_beyond
from gazetteer.claims.trip_ends import ends_of
from gazetteer.reading.articles import Sentence
from gazetteer.reading.quantities import Dimension, Quantity

_LEAST_M: Final = 100.0
"""Shorter lengths are not between two places of a gazetteer."""


def separation_claims(
    scene: Scene, sentence: Sentence, quantities: tuple[Quantity, ...], before: Claim | None = None
) -> tuple[Claim, ...]:
    """Return the claims of one sentence that say how far, and where, one place is from another.

    Args:
        scene: The article.
        sentence: One of its sentences.
        quantities: Those of the sentence.
        before: The last such claim of the sentences before.
    """
    found: list[Claim] = []
    for quantity in quantities:
        if quantity.dimension is Dimension.SPEED or not _may_be_distance(scene, quantity):
            continue
        if found and quantity.span.start < found[-1].span.end:
            continue
        claim = _claim(scene, sentence, quantity, found[-1] if found else None)
        if claim is not None and claim.reference is None and claim.subject is not None:
            claim = replace(claim, reference=_counted_on(scene, claim, before))
        if claim is not None:
            found.append(claim)
            found.extend(_elliptic(scene, sentence, claim))
    return tuple(found)


def _elliptic(scene: Scene, sentence: Sentence, claim: Claim) -> tuple[Claim, ...]:
    """Read on in `30 miles from Leeds and 40 from York`."""
    limit = sentence.span.end
    if claim.quantity is None or claim.quantity.dimension is not Dimension.LENGTH:
        return ()
    length = elliptic_length(scene, claim.quantity, claim.span.end, limit)
    more = None if length is None else _claim(scene, sentence, length, claim)
    return () if more is None or more.reference is None or more.reference.place is None else (more,)


def _counted_on(scene: Scene, claim: Claim, before: Claim | None) -> Role | None:
    """Return from where `X, das 190 Kilometer östlich liegt` counts: what was located before, else named."""
    subject = claim.subject
    if subject is None:
        return None
    known = [] if before is None or claim.span.start - before.span.end > _NEAR_BEFORE else [_carried(before)]
    point = last_point(scene, min(subject.span.start, (subject.antecedent or subject.span).start))
    if point is not None:
        known.append(Role(place_id(point_of(point)), point.mention.span, Via.IMPLIED))
    return next(
        (role for role in known if role is not None and role.place not in {None, subject.place}), None
    )


_NEAR_BEFORE: Final = 300


def _may_be_distance(scene: Scene, quantity: Quantity) -> bool:
    if quantity.dimension is Dimension.LENGTH:
        is_fit = quantity.si_value >= _LEAST_M and quantity.unit != "ly"
    else:
        is_fit = quantity.unit in {"h", "min", "day"}
    is_compound = scene.cues.is_said("not_distance", "after_hyphen") and scene.text.startswith(
        "-", quantity.span.end
    )
    if is_other_measure(scene, quantity):
        return False
    return (
        is_fit
        and not is_compound
        and not_distance(scene.language).match(scene.text, quantity.span.end) is None
    )


def _claim(scene: Scene, sentence: Sentence, quantity: Quantity, previous: Claim | None) -> Claim | None:
    start = (
        quantity.span.start if quantity.hedge is None else min(quantity.hedge.span.start, quantity.span.start)
    )
    at = _after_asides(scene, quantity, sentence.span.end)
    is_travel_time = quantity.dimension is Dimension.DURATION
    if is_travel_time and not _is_travel_time(scene, quantity, at):
        return None
    offset = offset_at(scene, sentence, (start, at), is_listed=previous is not None)
    if offset is None:
        return None
    start, end = (
        start if offset.start is None else min(start, offset.start),
        max(offset.end, quantity.span.end),
    )
    reference = offset.reference.role if offset.reference is not None else None
    if offset.other is not None:
        subject: Role | None = offset.other.role
    else:
        subject = _subject(scene, sentence, (start, end), previous, offset)
        if subject is None and is_travel_time:
            subject = ends_of(scene, sentence).destination
        if previous is not None and subject is not None and _is_inside(subject, previous):
            subject = previous.subject
        if subject is not None and reference is not None and _is_same(subject, reference):
            subject, reference = _told_apart(scene, subject, reference, start)
    if not _is_anchored(subject, reference):
        return None
    if subject is None and offset.direction is None and _is_extent(scene, sentence, start):
        return None
    if reference is None and offset.direction is not None and previous is not None:
        reference = _carried(previous)
    return scene.claim(
        (start, end),
        Relation.DURATION if is_travel_time else Relation.DISTANCE,
        quantity=quantity,
        direction=offset.direction,
        subject=subject,
        reference=reference,
        path=_path(scene, sentence, start, end),
    )


def _is_inside(role: Role, claim: Claim) -> bool:
    """Tell whether a place was taken from the statement before, which counts from it."""
    is_reference = claim.reference is not None and claim.reference.span == role.span
    return is_reference and claim.span.start <= role.span.start < claim.span.end


def _is_same(subject: Role, reference: Role) -> bool:
    return subject.span == reference.span or (subject.place is not None and subject.place == reference.place)


def _told_apart(scene: Scene, subject: Role, reference: Role, start: int) -> tuple[Role | None, Role | None]:
    """Return both places where one stands for what was named before: `Bis X sind es von dort …`."""
    begin = min(start, subject.span.start)
    if subject.span != reference.span:
        earlier = told_before(scene, subject, begin)
        if earlier is not None and earlier.place not in {None, reference.place}:
            return earlier, reference
        earlier = told_before(scene, reference, begin)
        if earlier is not None and earlier.place not in {None, subject.place}:
            return subject, earlier
    return None, reference


def _is_extent(scene: Scene, sentence: Sentence, start: int) -> bool:
    """Tell whether a length is that of a pipeline, a river, a race: `führt 1200 Kilometer von A nach B`."""
    floor = max(sentence.span.start, start - _EXTENT_BEFORE)
    floor = max(floor, *(scene.text.rfind(mark, floor, start) for mark in ",;:"))
    return any(
        cue_pattern(scene.language, "trip", name).search(scene.text, floor, start) is not None
        for name in ("not_travel", "races")
    )


_EXTENT_BEFORE: Final = 60


def _is_anchored(subject: Role | None, reference: Role | None) -> bool:
    """Tell whether at least one place is said; `from here` alone says none."""
    said = [role for role in (subject, reference) if role is not None]
    return any(role.place is not None or role.via is not Via.ANAPHOR for role in said)


@functools.cache
def _aside(language: str) -> re.Pattern[str]:
    known = cues(language)
    again, about = known.either("listing", "or"), known.either("listing", "about")
    return re.compile(
        r"(?:\s?\([^()\n]{1,60}\)|\s?\[[^\[\]\n]{1,40}\]"
        rf"|,\s(?:{again})\s(?:(?:{about})\s)?[\d.,]+\s[^\W\d_]+,)"
    )


def _after_asides(scene: Scene, quantity: Quantity, limit: int) -> int:
    """Return where the words after a quantity go on: behind `(6 mi)`, behind `hour's drive`."""
    at = quantity.span.end
    if quantity.dimension is Dimension.DURATION:
        way = _way_pattern(scene.language).match(scene.text, at, limit)
        at = way.end() if way is not None else at
    while (aside := _aside(scene.language).match(scene.text, at, limit)) is not None:
        at = aside.end()
    return at


@functools.cache
def _way_pattern(language: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:['’]s?)?\s(?:{cues(language).either('trip', 'travel_time_nouns')})(?!\w)", re.IGNORECASE
    )


def _is_travel_time(scene: Scene, quantity: Quantity, at: int) -> bool:
    """Tell whether a duration measures a way: `two hours' drive from`, `zwei Stunden nördlich von`."""
    words = scene.text[quantity.span.start : at + 30]
    if cue_pattern(scene.language, "trip", "travel_time_nouns").search(words) is not None:
        return True
    if any(
        cue_pattern(scene.language, "position", name).match(scene.text, at + 1)
        for name in ("by_rail", "by_road")
    ):
        return True
    side = directed(scene.language).match(scene.text, at) if quantity.unit in {"h", "min"} else None
    is_told = side is not None and (side["of"] is not None or side["by"] is not None)
    return side is not None and is_told and wind_of(side["dir"], scene.language) is not None


def _carried(previous: Claim) -> Role | None:
    """Return what `40 Kilometer weiter südlich` counts from: the place just located."""
    role = previous.subject or previous.reference
    return None if role is None else Role(role.place, role.span, Via.IMPLIED)


@functools.cache
def _continues(language: str) -> re.Pattern[str]:
    known = cues(language)
    joints, also = known.either("listing", "and"), known.either("listing", "also")
    rather = known.either("listing", "respectively")
    return re.compile(rf"\s?(?:,\s?(?:{joints})?|{joints}|{rather}|;)\s?(?:(?:{also})\s)*")


def _subject(
    scene: Scene, sentence: Sentence, bounds: tuple[int, int], previous: Claim | None, offset: Offset
) -> Role | None:
    start, end = bounds
    is_further = offset.direction is not None and offset.reference is None
    is_listed = previous is not None and not is_further and _is_listed(scene, previous, start)
    if previous is not None and previous.subject is not None and is_listed:
        return previous.subject
    counted = _counted_from(scene, sentence, start)
    if counted is not None:
        return counted
    attributive = scene.text[start:end].split()[-1] in scene.cues.words("position", "attributive")
    if attributive and (next_name := name_at(scene, end + 1)) is not None:
        return next_name
    if is_further and (beyond := subject_beyond(scene, end, sentence.span.end)) is not None:
        return beyond
    fronted = subject_behind_comma(scene, sentence.span.start, start, end, sentence.span.end)
    after = fronted or subject_after(scene, end, sentence.span.end)
    if after is not None and (after.place is not None or after.via is Via.NAMED):
        return after
    return subject_before(scene, sentence.span.start, start) or after


def _is_listed(scene: Scene, previous: Claim, start: int) -> bool:
    return (
        previous.span.end <= start
        and _continues(scene.language).fullmatch(scene.text, previous.span.end, start) is not None
    )


def _counted_from(scene: Scene, sentence: Sentence, start: int) -> Role | None:
    """Read `Von dort sind es noch`, `From there, it is`: the place counted from."""
    lead = _count(scene.language).search(scene.text, max(sentence.span.start, start - 60), start)
    found = None if lead is None else reference_at(scene, lead.end(), start, sure=False)
    return (
        found.role
        if found is not None and it_is(scene.language).fullmatch(scene.text, found.end, start)
        else None
    )


@functools.cache
def _count(language: str) -> re.Pattern[str]:
    known = cues(language)
    ends = f"{known.either('offset', 'from')}|{known.either('offset', 'until')}"
    return re.compile(rf"(?<!\w)(?:{ends})\s", re.IGNORECASE)


def _path(scene: Scene, sentence: Sentence, start: int, end: int) -> Path:
    behind = scene.text[end : min(sentence.span.end, end + 30)].partition(",")[0]
    own = scene.text[start:end]
    # What the statement itself says goes first: `a drive from A and an hour by train from B`.
    return next(
        (
            path
            for words in (own, scene.text[max(sentence.span.start, start - 80) : start] + own + behind)
            for name, path in _PATHS
            if cue_pattern(scene.language, "position", name).search(words)
        ),
        Path.UNSPECIFIED,
    )


_PATHS: Final = (("as_the_crow", Path.AIR), ("by_rail", Path.RAIL), ("by_road", Path.ROAD))
