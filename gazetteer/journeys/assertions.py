"""Assertions: how firmly a clause says what it says, whether it lies ahead, and who says so."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from gazetteer.journeys.calendar import Toward
from gazetteer.journeys.clauses import Clause, Hit, SentenceClauses, is_rumour, with_pairs
from gazetteer.journeys.journey import Certainty
from gazetteer.journeys.vocabulary import Form, Vocabulary
from gazetteer.reading.lexicon import Lexicon

_LONGEST_SPEAKER_WORDS: Final = 6
_LED_CLAUSES: Final = 3
_DENYING_WORDS: Final = 7
_NEGATION_WORDS: Final = 2
"""So far behind its verb a negation may stand: `made no stop`."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """How a clause asserts."""

    certainty: Certainty
    future: bool
    """The tense looks ahead from the day of the article."""
    present: bool = False
    """Present tense: the date decides whether it lies ahead."""
    before: bool = False
    """Pluperfect: it happened before what was told last."""

    @property
    def toward(self) -> Toward:
        """On which side of the reference date its days lie."""
        return Toward.FUTURE if self.future else Toward.PAST

    def bound(self) -> Assertion:
        """Return the assertion for a destination: to have left for a place is not to have arrived."""
        if self.certainty in (Certainty.REPORTED, Certainty.EYEWITNESS):
            return replace(self, certainty=Certainty.EXPECTED, future=True)
        return self

    def on_the_way(self) -> Assertion:
        """Return the assertion for where somebody was under way to: less sure than news of its arrival."""
        return replace(self, certainty=Certainty.PLANNED) if self.certainty is Certainty.EXPECTED else self


def assertion_of(  # noqa: C901, PLR0911, PLR0912 - one return for each case
    sentence: SentenceClauses, index: int, hit: Hit, vocabulary: Vocabulary
) -> Assertion:
    """Return how the clause at `index` asserts what its trigger says."""
    clause = sentence.clauses[index]
    leading = _led_by(sentence, index, hit, vocabulary)
    if leading is not None and _ends_planned(sentence.clauses[leading[0]], leading[1], vocabulary):
        return Assertion(Certainty.PLANNED, future=True)
    if leading is not None:
        return assertion_of(sentence, *leading, vocabulary)
    cues = vocabulary.certainty
    own = with_pairs(clause.untimed_lows)
    lead = _introduction(sentence, index, vocabulary)
    everywhere = sentence.words
    words = vocabulary.words
    form = hit.word.form
    compelled = not own.isdisjoint(words["compelled"])
    future = form is Form.BARE and not compelled and not _was_to(clause, hit, vocabulary)
    # `wird gebracht` is present tense, `werde gebracht` what somebody says.
    carried = form is Form.PARTICIPLE and not own.isdisjoint(cues["passive_auxiliaries"])
    present = form is Form.PRESENT or (carried and "worden" not in own)
    if form is Form.NOUN and not own.isdisjoint(cues["planned"]):
        future = not (
            own & cues["passive_auxiliaries"] and vocabulary.participle.search(" ".join(clause.lows))
        )
        future = future or any(other.word.form is Form.BARE for other in clause.hits)
    if _is_negated(clause, hit, vocabulary) or not (own | lead).isdisjoint(words["denials"]):
        return Assertion(Certainty.DENIED, future=future)
    spelled = f" {' '.join(clause.untimed_lows)} "
    if any(f" {cue} " in spelled for cue in words["unreal"]):
        return Assertion(Certainty.DENIED, future=future)
    if form is Form.NOUN and not own.isdisjoint(words["cancelled"]):
        return Assertion(Certainty.DENIED, future=True)
    if _is_denied_behind(sentence, index, vocabulary):
        return Assertion(Certainty.DENIED, future=future)
    if is_rumour(clause.tokens, vocabulary):
        return Assertion(Certainty.SPECULATED, future=False)
    if not (own | lead).isdisjoint(cues["speculated"]):
        return Assertion(Certainty.SPECULATED, future=future or present or form is Form.NOUN)
    if not (own | lead).isdisjoint(cues["expected"]) and (future or present or form is Form.NOUN):
        return Assertion(Certainty.EXPECTED, future=True)
    if hit.word.trigger.name in words["expecting"]:
        return Assertion(Certainty.EXPECTED, future=True)
    if future and not own.isdisjoint(words["unfulfilled"]):
        return Assertion(Certainty.DENIED, future=True)
    if future:
        announced = not everywhere.isdisjoint(cues["announced"])
        return Assertion(Certainty.ANNOUNCED if announced else Certainty.PLANNED, future=True)
    if hit.word.trigger.sighting and not everywhere.isdisjoint(words["eyewitnesses"]):
        return Assertion(Certainty.EYEWITNESS, future=False)
    had = words["pluperfect_auxiliaries"]
    before = form is Form.PARTICIPLE and not (own | clause.shared).isdisjoint(had)
    # Where participles are spelled like the past: `had left Chur and called at Brig`.
    before = before or (
        form is Form.PAST and vocabulary.grammar.pasts_are_participles and not clause.shared.isdisjoint(had)
    )
    if _is_to_be(clause, hit, vocabulary):
        return Assertion(Certainty.PLANNED, future=True)
    planned = present and not own.isdisjoint(cues["planned"])
    certainty = Certainty.PLANNED if planned else Certainty.REPORTED
    return Assertion(certainty, future=planned or present, present=present, before=before)


def _is_negated(clause: Clause, hit: Hit, vocabulary: Vocabulary) -> bool:
    """Tell whether the verb is negated; where it comes second, by a word behind it as well."""
    lows = clause.untimed_lows
    reach = len(lows) if vocabulary.grammar.verb_second else hit.index + 1 + _NEGATION_WORDS
    pairs = vocabulary.words["no_negations"]
    return any(
        low in vocabulary.words["negations"] and " ".join(lows[at : at + 2]) not in pairs
        for at, low in enumerate(lows[:reach])
    )


def _was_to(clause: Clause, hit: Hit, vocabulary: Vocabulary) -> bool:
    """Tell whether an infinitive tells what was: `war in Aachen zu sehen`."""
    marked = hit.index > 0 and clause.lows[hit.index - 1] in vocabulary.words["infinitive_marks"]
    had = set(clause.lows[: hit.index]) & {*vocabulary.words["pluperfect_auxiliaries"]}
    return marked and vocabulary.grammar.verb_second and bool(had)


def _is_to_be(clause: Clause, hit: Hit, vocabulary: Vocabulary) -> bool:
    """Tell whether a passive lies ahead: `will be returned to Hope`."""
    before = clause.lows[max(0, hit.index - 2) : hit.index]
    told = hit.word.form in (Form.PAST, Form.PARTICIPLE)
    return (
        told
        and not vocabulary.grammar.verb_second
        and any(low in vocabulary.words["to_be"] for low in before)
    )


def _is_denied_behind(sentence: SentenceClauses, index: int, vocabulary: Vocabulary) -> bool:
    """Tell whether the next clause denies this one: `…, das Unternehmen bestreitet das`."""
    return any(
        len(following.lows) <= _DENYING_WORDS
        and any(f" {cue} " in f" {' '.join(following.lows)} " for cue in vocabulary.words["denials"])
        and not following.places
        for following in sentence.clauses[index + 1 : index + 3]
    )


def _led_by(
    sentence: SentenceClauses, index: int, hit: Hit, vocabulary: Vocabulary
) -> tuple[int, Hit] | None:
    """Return the clause and verb whose tense a `before sailing on` shares, None for others."""
    clause = sentence.clauses[index]
    progressive = (
        clause.tokens[hit.index].low.endswith(vocabulary.words["progressive_endings"])
        and hit.word.form is Form.PRESENT
    )
    if (
        not progressive
        or not vocabulary.words["be"]
        or not set(clause.lows).isdisjoint(vocabulary.words["be"])
    ):
        return None
    for back in range(index - 1, max(-1, index - 1 - _LED_CLAUSES), -1):
        before = sentence.clauses[back]
        aside = any(" ".join(before.lows).startswith(f"{o} ") for o in vocabulary.words["relative_at"])
        verbs = [h for h in before.hits if h.word.form is not Form.NOUN and not aside]
        if verbs:
            return back, verbs[0]
    return None


def _ends_planned(clause: Clause, hit: Hit, vocabulary: Vocabulary) -> bool:
    """Tell whether a clause goes on with a plan: `came to Rome and will play in Pisa, before flying on`."""
    lows = clause.lows[hit.index + 1 :]
    return any(
        one in vocabulary.words["conjunctions"] and other in vocabulary.certainty["planned"]
        for one, other in pairwise(lows)
    )


def _introduction(sentence: SentenceClauses, index: int, vocabulary: Vocabulary) -> set[str]:
    """Return the words of the clauses that introduce this one: `es wird erwartet`, `unsicher sei`."""
    relatives = vocabulary.words["relatives"]
    opening = " ".join(sentence.clauses[index].lows[:3])
    words: set[str] = set()
    # A relative clause states something of its own.
    at = 0 if any(opening.startswith(f"{o} ") for o in vocabulary.words["relative_at"]) else index
    while at > 0:
        clause = sentence.clauses[at]
        if _is_content(clause, vocabulary):
            at -= 1
        elif (
            at > 1
            and clause.lows[0] not in relatives
            and sentence.clauses[at - 1].lows[0] in relatives
            and _is_content(sentence.clauses[at - 2], vocabulary)
        ):
            at -= 2  # goes on behind a relative clause: `ob Kim, der selten reist, nach Moskau fahre`
        else:
            break
        words.update(with_pairs(sentence.clauses[at].lows))
    return words


def _is_content(clause: Clause, vocabulary: Vocabulary) -> bool:
    """Tell whether the clause says what the one before introduces: `dass …`, `ob …`, `um … zu`."""
    openers = ("relative_breaks", "infinitive_marks", "open_questions")
    return bool(clause.lows) and any(clause.lows[0] in vocabulary.words[name] for name in openers)


def speaker_of(sentence: str, vocabulary: Vocabulary) -> str | None:
    """Return who says so, in the sentence's words: `Laut Yonhap …`, `… sagte Rossiya-24`.

    Only somebody who can speak is returned: a person, a medium or an institution, never a day or a
    common noun.
    """
    for pattern in vocabulary.reporting:
        for match in pattern.finditer(sentence):
            who = _noun_phrase(match["who"], vocabulary, behind=match.start("who") == match.start())
            if who:
                return who
    return None


def _noun_phrase(words: str, vocabulary: Vocabulary, *, behind: bool) -> str | None:
    """Trim a stretch of up to six words to the name in it; `behind`: the verb follows."""
    parts = words.split()[:_LONGEST_SPEAKER_WORDS]
    capitals = [at for at, part in enumerate(parts) if part[:1].isupper() or part[:1].isdigit()]
    if not capitals or not parts[capitals[0]][:1].isupper():
        return None
    first, last = capitals[0], capitals[-1]
    if behind:
        while last + 1 < len(parts) and parts[last + 1][:1].isdigit():
            last += 1
    else:
        if any(_is_link(part, vocabulary) for part in parts[:first]):
            return None
        last = first
        while last + 1 in capitals:
            last += 1
    if behind and last != len(parts) - 1 and any(_is_link(p, vocabulary) for p in parts[last + 1 :]):
        return None
    if re.search(r"[’']s?$", parts[last]) and last + 1 < len(parts):
        last += 1  # `Governor Abbott's office`
    said = parts[first : last + 1]
    return " ".join(said) if _can_speak(said, vocabulary) else None


def _is_link(word: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a word cuts a speaker off: a preposition, a pronoun, `that`."""
    low = word.lower()
    return (
        low in vocabulary.words["relative_breaks"]
        or low in vocabulary.pronouns
        or any(low in vocabulary.prepositions[role] for role in ("at", "from", "to", "via"))
    )


def _can_speak(words: list[str], vocabulary: Vocabulary) -> bool:
    """Tell whether words name somebody: a name, an office or an institution."""
    lexicon = Lexicon.of(vocabulary.language)
    for word in words:
        low = re.sub(r"[’']s?$", "", word).lower()
        if low.endswith(vocabulary.words["institutions"]) or low in vocabulary.roles:
            return True
        if low in vocabulary.words["no_speakers"] or low.isdigit():
            continue
        if (
            lexicon.frequency(low) < 3 and not vocabulary.grammar.nouns_are_capitalised
        ) or lexicon.name_share(low) >= 6:
            return True
    return False
