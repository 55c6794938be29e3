"""The place a pronoun stands for: `in der`, `which`, `It lies`, `Sie liegt`."""

from __future__ import annotations

import functools
import re

from gazetteer.claims.anaphora import noun_phrase_pattern, phrase_role, topic_before
from gazetteer.claims.claim import Role, Via
from gazetteer.claims.cues import cues
from gazetteer.claims.links import has_verb, is_plain
from gazetteer.claims.named_roles import named_role
from gazetteer.claims.scene import Scene, place_id, point_of
from gazetteer.claims.topics import defined_topic
from gazetteer.reading.mentions import Kind


def relative_role(scene: Scene, begin: int, start: int) -> Role | None:
    """Follow `Diese Stadt, die nur …`, `Ussurijsk, einer Stadt, in der …, und die …`."""
    left = scene.text[begin:start]
    match = _relative_pattern(scene.language).search(left)
    if match is None or not is_plain(scene, match["mid"] or ""):
        return None
    if not scene.cues.is_said("anaphora", "verb_last") and not has_verb(scene, match["mid"] or ""):
        return None
    comma = match.start()
    if match["more"] or match["and"]:
        earlier = [m.start() for m in _earlier_relative(scene.language).finditer(left, 0, comma)]
        comma = earlier[-1] if earlier else comma
    antecedent = role_ending_at(scene, begin, begin + comma)
    if antecedent is None:
        return None
    span = scene.span(begin + match.start("rel"), begin + match.end("rel"))
    if antecedent.via is Via.ANAPHOR:
        # The phrase itself is what a reader sees: `Diese Stadt`, not the bare pronoun.
        return Role(antecedent.place, antecedent.span, Via.RELATIVE_CLAUSE, antecedent.antecedent)
    return Role(antecedent.place, span, Via.RELATIVE_CLAUSE, antecedent.span)


@functools.cache
def _relative_pattern(language: str) -> re.Pattern[str]:
    known = cues(language)
    joint = known.either("between", "and")
    return re.compile(
        rf"(?:,\s(?P<more>(?:{joint})\s)?|\s(?P<and>(?:{joint})\s))"
        rf"(?P<rel>{known.either('anaphora', 'relatives')})(?P<mid>\s[^,;:()]{{0,50}})?\s?$"
    )


@functools.cache
def _earlier_relative(language: str) -> re.Pattern[str]:
    known = cues(language)
    return re.compile(
        rf"(?:,\s|\s(?=(?:{known.either('anaphora', 'bare_relatives')})\s))"
        rf"(?:(?:{known.either('position', 'prepositions')})\s)?"
        rf"(?:{known.either('anaphora', 'clause_relatives')})\s"
    )


def role_ending_at(scene: Scene, begin: int, end: int) -> Role | None:
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
            return named_role(scene, resolution)
    for match in noun_phrase_pattern(scene.language).finditer(scene.text, max(begin, end - 60), end):
        if match.end() == end:
            if match["ind"] and scene.cues.kind_of(match["noun"]):
                comma = scene.text.rfind(",", begin, match.start())
                is_next = comma >= 0 and not scene.text[comma + 1 : match.start()].strip()
                return role_ending_at(scene, begin, comma) if is_next else None
            return phrase_role(scene, match)
    return None


def pronoun_role(scene: Scene, begin: int, start: int) -> Role | None:
    """Resolve a sentence that begins with `It lies`, `Sie liegt`: the topic of the sentence before."""
    left = scene.text[begin:start]
    match = _pronoun_pattern(scene.language).search(left)
    if match is None or not is_plain(scene, match["mid"]):
        return None
    return pronoun_at(scene, begin + match.start("it"), begin + match.end("it"))


@functools.cache
def _pronoun_pattern(language: str) -> re.Pattern[str]:
    verbs = cues(language).either("position", "verbs")
    return re.compile(rf"(?<!\w)(?P<it>{_pronouns(language)})\s(?:{verbs})(?!\w)(?P<mid>[^.;:]{{0,50}})$")


def pronoun_at(scene: Scene, start: int, end: int) -> Role:
    """Return the role of a pronoun: what was defined just before, else the topic of what was said."""
    span = scene.span(start, end)
    here = scene.sentence_at_or_before(start)
    is_first = here is None or not scene.text[here.span.start : start].strip()
    before = scene.sentence_before(here) if here is not None and is_first else here
    topic = None if before is None else defined_topic(scene, before.span.start, before.span.end)
    if topic is not None:
        return Role(topic.place, span, Via.ANAPHOR, topic.span)
    found = topic_before(scene, start)
    if found is None:
        return Role(None, span, Via.ANAPHOR)
    return Role(place_id(point_of(found)), span, Via.ANAPHOR, found.mention.span)


@functools.cache
def opening_pronoun(language: str) -> re.Pattern[str]:
    """Return the pattern of a pronoun (group `it`) before a verb of position."""
    known = cues(language)
    return re.compile(rf"(?P<it>{_pronouns(language)})(?=\s(?:{known.either('position', 'verbs')})\s)")


def opening_pronoun_at(scene: Scene, begin: int, start: int) -> Role | None:
    """Return the role of a pronoun that is all of a sentence before a verb at `start`: `It borders …`."""
    words = scene.text[begin:start].strip()
    is_pronoun = words[:1].isupper() and words.lower() in scene.cues.words("anaphora", "place_pronouns")
    at = begin + scene.text[begin:start].find(words)
    return pronoun_at(scene, at, at + len(words)) if is_pronoun else None


@functools.cache
def _pronouns(language: str) -> str:
    """Return the pronouns that stand for a place, small and with a capital, as alternatives."""
    words = cues(language).words("anaphora", "place_pronouns")
    return "|".join(map(re.escape, sorted({*words, *(word.capitalize() for word in words)})))
