"""The place a statement is about: named, in apposition, a relative pronoun, `Diese Stadt`, `It`."""

from __future__ import annotations

import functools
import re
from typing import Final

from gazetteer.claims.anaphora import last_of_kind, last_point, noun_phrase_pattern, phrase_role
from gazetteer.claims.claim import Role, Via
from gazetteer.claims.cues import cues
from gazetteer.claims.scene import Scene, place_id
from gazetteer.places.entries import Feature
from gazetteer.reading.mentions import Kind, Reading
from gazetteer.reading.resolution import Resolution

_BRACKETS: Final = re.compile(r"\s?(?:\([^()]{0,120}\)|\[[^\[\]]{0,120}\])")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_AREAS: Final = frozenset({Feature.REGION, Feature.COUNTRY, Feature.CONTINENT})
_PREPOSITIONS: Final = {
    "de": frozenset(
        (
            "in",
            "im",
            "aus",
            "nach",
            "bei",
            "von",
            "vom",
            "über",
            "für",
            "mit",
            "durch",
            "gegen",
            "um",
            "zu",
            "zwischen",
            "an",
            "auf",
            "vor",
        )
    ),
    "en": frozenset(
        (
            "in",
            "from",
            "to",
            "at",
            "near",
            "of",
            "through",
            "for",
            "with",
            "by",
            "between",
            "around",
            "on",
            "into",
            "outside",
        )
    ),
}
_CLAUSE: Final = 220
"""How far back within the sentence a subject is looked for, in code points."""


def subject_before(scene: Scene, begin: int, start: int) -> Role | None:
    """Return the place that the words before a statement say it of.

    Args:
        scene: The article.
        begin: Where the sentence begins.
        start: Where the statement begins: its hedge, number or preposition.
    """
    begin = max(begin, start - _CLAUSE)
    relative = _relative(scene, begin, start)
    if relative is not None:
        return relative
    return _copula_or_apposition(scene, begin, start)


def subject_after(scene: Scene, end: int, limit: int) -> Role | None:
    """Return the place named after a statement: `liegt die Stadt X`, `gelegene Stadt X`."""
    match = _after_pattern(scene.language).match(scene.text, end, limit)
    if match is None:
        return None
    at = match.end()
    for resolution in scene.names_within(at, min(limit, at + 60)):
        gap = scene.text[at : resolution.mention.span.start]
        words = _WORD.findall(gap)
        plain = all(word[0].islower() or word in {"Die", "The"} or scene.cues.kind_of(word) for word in words)
        is_barred = any(
            word.lower() in _PREPOSITIONS[scene.language] or word in {"and", "und"} for word in words
        )
        if plain and not is_barred and not re.search(r"[.,;:()\d]", gap):
            return _named(scene, resolution)
        break
    phrase = noun_phrase_pattern(scene.language).match(scene.text, at, limit)
    return phrase_role(scene, phrase) if phrase is not None and not phrase["ind"] else None


@functools.cache
def _after_pattern(language: str) -> re.Pattern[str]:
    verbs = {
        "de": r"(?:liegt|liegen|lag|befindet\ssich|befand\ssich|steht|gelegene[nrs]?|liegende[nrs]?|entfernte[nrs]?)",
        "en": r"(?:lies|lay|is|sits|stands)",
    }
    return re.compile(rf"\s{verbs[language]}\s")


def _named(scene: Scene, resolution: Resolution) -> Role:
    span = resolution.mention.span
    return Role(place_id(resolution.entry), scene.span(span.start, span.end), Via.NAMED)


@functools.cache
def _relative_pattern(language: str) -> re.Pattern[str]:
    known = cues(language)
    return re.compile(
        rf",\s(?P<more>(?:und|and)\s)?(?P<rel>{known.either('anaphora', 'relatives')})(?P<mid>\s[^,;:()]{{0,50}})?\s?$"
    )


_EARLIER_RELATIVE: Final = re.compile(
    r",\s(?:(?:in|an|auf|von|bei|mit|durch|zu|nach|aus|unter|über)\s)?"
    r"(?:der|die|das|dem|den|denen|deren|welche[rsmn]?|wo|which|where|that|who)\s"
)


def _relative(scene: Scene, begin: int, start: int) -> Role | None:
    """Follow `Diese Stadt, die nur …`, `Ussurijsk, einer Stadt, in der …, und die …`."""
    left = scene.text[begin:start]
    match = _relative_pattern(scene.language).search(left)
    if match is None or not _is_plain(scene, match["mid"] or ""):
        return None
    if scene.language == "en" and not _has_verb(scene, match["mid"] or ""):
        return None
    comma = match.start()
    if match["more"]:
        earlier = [m.start() for m in _EARLIER_RELATIVE.finditer(left, 0, comma)]
        comma = earlier[-1] if earlier else comma
    antecedent = _ending_at(scene, begin, begin + comma)
    if antecedent is None:
        return None
    span = scene.span(begin + match.start("rel"), begin + match.end("rel"))
    if antecedent.via is Via.ANAPHOR:
        # The phrase itself is what a reader sees: `Diese Stadt`, not the bare pronoun.
        return Role(antecedent.place, antecedent.span, Via.RELATIVE_CLAUSE, antecedent.antecedent)
    return Role(antecedent.place, span, Via.RELATIVE_CLAUSE, antecedent.span)


def _ending_at(scene: Scene, begin: int, end: int) -> Role | None:
    """Return the place phrase that ends just before a comma."""
    while True:
        bracket = scene.text.rfind("(", begin, end) if scene.text[end - 1 : end] == ")" else -1
        if bracket < 0:
            break
        end = bracket
        while end > begin and scene.text[end - 1].isspace():
            end -= 1
    for resolution in reversed(scene.within(max(begin, end - 60), end)):
        if resolution.mention.kind is Kind.TOPONYM and resolution.mention.span.end == end:
            return _named(scene, resolution)
    for match in noun_phrase_pattern(scene.language).finditer(scene.text, max(begin, end - 60), end):
        if match.end() == end:
            if match["ind"] and scene.cues.kind_of(match["noun"]):
                comma = scene.text.rfind(",", begin, match.start())
                is_next = comma >= 0 and not scene.text[comma + 1 : match.start()].strip()
                return _ending_at(scene, begin, comma) if is_next else None
            return phrase_role(scene, match)
    return None


def _is_plain(scene: Scene, between: str) -> bool:
    """Tell whether only fillers and verbs of position stand between place and statement."""
    filler, verbs = scene.cues.words("position", "filler"), scene.cues.words("position", "verbs")
    return all(word.lower().rstrip(".") in filler or word.lower() in verbs for word in _WORD.findall(between))


def _has_verb(scene: Scene, between: str) -> bool:
    verbs = scene.cues.words("position", "verbs")
    return any(word.lower() in verbs for word in _WORD.findall(between))


def _copula_or_apposition(scene: Scene, begin: int, start: int) -> Role | None:
    text = scene.text
    found = [
        r
        for r in scene.within(begin, start)
        if r.mention.kind is Kind.TOPONYM and r.mention.span.end <= start
    ]
    resolution = found[-1] if found else None
    phrase = None
    for match in noun_phrase_pattern(scene.language).finditer(text, begin, start):
        if (
            scene.cues.kind_of(match["noun"]) is not None
            and match.end() <= start
            and not _is_governed(scene, match.start())
        ):
            phrase = match
    if phrase is not None and (resolution is None or phrase.end() > resolution.mention.span.end):
        between = _BRACKETS.sub("", text[phrase.end() : start])
        role = None
        if _links(scene, between):
            role = _apposed(scene, begin, phrase) if phrase["ind"] else phrase_role(scene, phrase)
        if role is not None:
            return role
        if phrase["ind"] and resolution is not None and _links(scene, between):
            return _named(scene, resolution) if _is_topic(scene, begin, resolution) else None
    if resolution is None:
        return _pronoun(scene, begin, start)
    between = _BRACKETS.sub("", text[resolution.mention.span.end : start])
    if not _links(scene, between):
        topic = _topic(scene, found, begin, start)
        return topic or _pronoun(scene, begin, start)
    resolution = _head_of_chain(scene, found)
    is_apposed = between.lstrip()[:1] in {",", "(", "–", "—", "-"} or not between.strip()
    if not is_apposed and _is_governed(scene, resolution.mention.span.start):
        return _topic(scene, found, begin, start)
    if is_apposed:
        topic = _topic(scene, found, begin, start)
        is_area = resolution.entry is None or resolution.entry.feature in _AREAS
        if topic is not None and (is_area or topic.span.start != resolution.mention.span.start) and is_area:
            return topic
        if is_area:
            return None
    if resolution.mention.reading is Reading.ACTOR and is_apposed:
        return None
    return _named(scene, resolution)


def _links(scene: Scene, between: str) -> bool:
    """Tell whether the words between a place and a statement join them: `, `, ` liegt`, ` is located `."""
    stripped = between.strip()
    if not stripped or stripped in {",", "(", "–", "—"}:
        return True
    if any(mark in stripped for mark in '.;:!?\n"“”„') or stripped.count(",") > 1:
        return False
    if "," in stripped and not stripped.startswith(","):
        return False
    if not _is_plain(scene, stripped):
        return False
    return stripped[0] in ",(–—" or _has_verb(scene, stripped)


def _is_governed(scene: Scene, start: int) -> bool:
    """Tell whether a preposition stands before a phrase, so that it cannot be the subject."""
    before = _WORD.findall(scene.text[max(0, start - 40) : start])
    for word in reversed(before[-3:]):
        lowered = word.lower()
        if lowered in _PREPOSITIONS[scene.language]:
            return True
        if scene.cues.kind_of(word) is None and lowered not in scene.cues.words("anaphora", "definites"):
            return False
    return False


def _apposed(scene: Scene, begin: int, phrase: re.Match[str]) -> Role | None:
    """Follow `X, a city 40 km north of …` to X."""
    comma = scene.text.rfind(",", begin, phrase.start())
    if comma < 0 or scene.text[comma + 1 : phrase.start()].strip():
        return None
    return _ending_at(scene, begin, comma)


def _head_of_chain(scene: Scene, found: list[Resolution]) -> Resolution:
    """Step back over `Tucson, Pima County, Arizona` to its first name."""
    at = len(found) - 1
    while at > 0:
        gap = scene.text[found[at - 1].mention.span.end : found[at].mention.span.start]
        area = found[at].entry
        if gap != ", " or (area is not None and area.feature not in _AREAS):
            break
        at -= 1
    return found[at]


_DEFINES: Final = re.compile(r"\s(?:is|was|ist|war|are|sind)\s(?:an?|the|one|ein|eine|die|der|das)\s")


def _is_topic(scene: Scene, begin: int, resolution: Resolution) -> bool:
    return not scene.text[begin : resolution.mention.span.start].strip("„“\"' \n")


def _topic(scene: Scene, found: list[Resolution], begin: int, start: int) -> Role | None:
    """Return the first name of `X is a village in …, 40 km north of …`."""
    if not found:
        return None
    first = found[0]
    lead = scene.text[begin : first.mention.span.start].strip("„“\"' \n").lower()
    if lead and not (
        lead.split()[-1] in scene.cues.words("anaphora", "definites") or scene.cues.kind_of(lead.split()[-1])
    ):
        return None
    if len(lead) > 25:
        return None
    rest = _BRACKETS.sub("", scene.text[first.mention.span.end : start])
    match = _DEFINES.match(rest[:1] + rest[1:])
    is_defined = match is not None or re.match(r"[^.;:]{0,20}\s(?:is|was|ist|liegt|lies)\s", rest) is not None
    return _named(scene, first) if is_defined else None


def _pronoun(scene: Scene, begin: int, start: int) -> Role | None:
    """Resolve a sentence that begins with `It lies`, `Sie liegt`: the topic of the sentence before."""
    left = scene.text[begin:start]
    match = _pronoun_pattern(scene.language).search(left)
    if match is None or not _is_plain(scene, match["mid"]):
        return None
    span = scene.span(begin + match.start("it"), begin + match.end("it"))
    at = begin + match.start("it")
    found = _topic_before(scene, at)
    if found is None:
        return Role(None, span, Via.ANAPHOR)
    return Role(place_id(found.entry), span, Via.ANAPHOR, found.mention.span)


@functools.cache
def _pronoun_pattern(language: str) -> re.Pattern[str]:
    pronouns = {"de": "Er|Sie|Es|er|sie|es", "en": "It|it"}[language]
    verbs = cues(language).either("position", "verbs")
    return re.compile(rf"(?<!\w)(?P<it>{pronouns})\s(?:{verbs})(?!\w)(?P<mid>[^.;:]{{0,50}})$")


def _topic_before(scene: Scene, position: int) -> Resolution | None:
    sentences = [s for s in scene.reading.sentences[-1:] if s.span.start < position]
    del sentences
    point = last_point(scene, position)
    if point is None:
        return last_of_kind(scene, position, "city", is_near=True)
    # The topic is the first name of the sentence the last name stands in.
    floor = max((s for s in scene.sentence_starts if s <= point.mention.span.start), default=0)
    for resolution in scene.within(floor, point.mention.span.start):
        if resolution.mention.kind is Kind.TOPONYM and resolution.entry is not None:
            if resolution.entry.feature not in _AREAS:
                return resolution
            break
    return point
