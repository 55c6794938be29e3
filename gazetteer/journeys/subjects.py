"""Subjects: who in a clause does the travelling, also through pronouns and relative clauses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from gazetteer.journeys.clauses import Clause, Hit, SentenceClauses
from gazetteer.journeys.traveller import TravellerMention
from gazetteer.journeys.travellers import Cast
from gazetteer.journeys.vocabulary import Form, Vocabulary
from gazetteer.reading.mentions import Kind, Reading
from gazetteer.reading.resolution import Resolution

_LIST_GAP_CHARS = 3
_BESIDE_CHARS = 40
_LAST_WORDS = 2
_NOUN_PHRASE_WORDS = 5
"""How far back a preposition may stand before the name it governs."""


class Subjects:
    """Follows an article sentence by sentence and knows whom and which place was last spoken of."""

    def __init__(self, article: str, text: str, cast: Cast, vocabulary: Vocabulary) -> None:
        self._article = article
        self._text = text
        self._cast = cast
        self._vocabulary = vocabulary
        self._last: TravellerMention | None = self._protagonist()
        self._last_vehicle: TravellerMention | None = None
        self._meeting: tuple[TravellerMention, ...] = ()
        self.place: Resolution | None = None
        """The last place named in an earlier sentence."""
        oblique = [words for name, words in vocabulary.prepositions.items() if not name.startswith("into")]
        self._prepositions = frozenset().union(*oblique)
        joints = "|".join(map(re.escape, vocabulary.words["companions"])) or "(?!)"
        self._companions = re.compile(rf"\s(?:{joints})(?: [\w-]+){{0,3}}\s")

    def _protagonist(self) -> TravellerMention | None:
        """Return the one person whom the article is about; somebody who only speaks is not."""
        chosen = self._cast.protagonist(self._article)
        verbs = self._vocabulary.words["reporting_verbs"]
        for mention in self._cast.mentions.get(self._article, ()) if chosen is not None else ():
            near = self._text[max(0, mention.start - _BESIDE_CHARS) : mention.end + _BESIDE_CHARS].lower()
            if (
                chosen is not None
                and mention.name == chosen.name
                and any(word.strip('.,;:„“”"') in verbs for word in near.split())
            ):
                return None
        return chosen

    def of(self, sentence: SentenceClauses, index: int, hit: Hit) -> tuple[TravellerMention, ...]:  # noqa: C901, PLR0911, PLR0912 - one return for each case
        """Return who travels according to a trigger, most often one; empty where nobody is named."""
        clause = sentence.clauses[index]
        trigger = hit.word.trigger
        if trigger.meeting:
            return self._participants(clause, sentence.before(index), verb=hit.word.form is not Form.NOUN)
        here = self._candidates(clause)
        if trigger.towed:
            return self._towed(clause, hit, here)
        if trigger.goes_on:
            acting = [m for m in here if m.person and not self._governed(clause, m)]
            acting = [m for m in acting if not hit.word.takes(self._text[m.start : m.end].lower())]
            return tuple(acting[:1]) or self._last_moving()
        if trigger.sighting and self._last is not None and self._is_object(clause):
            return (self._last,)
        if trigger.sighting and trigger.named:
            return ()
        if trigger.sighting:
            seen = self._seen(clause, here)
            if not seen and self._has_pronoun(clause) and self._last is not None:
                return (self._last,)
            return seen or self._of_other_clauses(sentence, index)
        if hit.word.form is Form.NOUN:
            at = clause.tokens[hit.index].start
            before = [m for m in here if m.start < at and not self._governed(clause, m)]
            owner = [m for m in here if m.start < at and self._is_genitive(m) and at - m.end < 40]
            chosen = owner[-1:] or before[-1:] or [m for m in here if m.start > at][:1]
            if chosen:
                return self._with_companions(clause, chosen[0])
        else:
            acting = [m for m in here if not self._governed(clause, m) and not self._is_genitive(m)]
            if not self._vocabulary.grammar.verb_second:  # the subject comes first
                at = clause.tokens[hit.index].start
                acting = [m for m in acting if m.start < at]
            if acting:
                companions = self._with_companions(clause, acting[0])
                if self._last is not None and self._follows_pronoun(clause, acting[0]):
                    companions = (self._last, *companions)
                return (*self._listed_before(sentence, index, acting[0]), *companions)
        pronoun = self._has_pronoun(clause, hit)
        taken_up = pronoun and self._vocabulary.grammar.verb_second
        if trigger.things and not taken_up and clause.tokens[0].low not in self._vocabulary.words["be"]:
            return ()
        if trigger.named and not pronoun:
            return ()
        if self._names_somebody_else(clause, hit):
            return ()
        if self._says_both(clause) and self._meeting:
            return self._meeting
        if pronoun and self._last is not None:
            earlier = [m for c in sentence.before(index) for m in self._candidates(c) if m.person]
            acting = [m for m in earlier if not self._governed_in(sentence, m)]
            return (acting[0] if acting else self._last,)
        return self._of_other_clauses(sentence, index) or self._of_bare_noun(sentence, clause)

    def _names_somebody_else(self, clause: Clause, hit: Hit) -> bool:
        """Tell whether the clause opens with a subject that is nobody known: `some were shipped`."""
        vocabulary = self._vocabulary
        before = [t for t in clause.tokens[: hit.index] if not clause.is_timed(t)]
        opening = [t.low for t in before if t.low not in vocabulary.words["conjunctions"]][:1]
        if hit.word.form is Form.NOUN or not set(opening) & {*vocabulary.words["subject_openers"]}:
            return False
        if clause.tokens[hit.index].low.endswith(vocabulary.words["progressive_endings"]):
            return False
        if self._has_pronoun(clause) or self._candidates(clause, speakers=True):
            return False
        # `…, die nach Kiel fuhr` goes on about who was named before.
        relative = opening[0] in vocabulary.words["relatives"]
        return not (relative and hit.index >= len(clause.tokens) - _LAST_WORDS)

    def _is_object(self, clause: Clause) -> bool:
        """Tell whether a pronoun is what the clause's verb acts on: `a camera caught him in Hull`."""
        return any(low in self._vocabulary.words["object_pronouns"] for low in clause.lows)

    def _of_bare_noun(self, sentence: SentenceClauses, clause: Clause) -> tuple[TravellerMention, ...]:
        """Return whose coming or going a noun means that says nobody's: `Die Ankunft in Peking wird …`."""
        if any(self._candidates(other, speakers=True) for other in sentence.clauses):
            return ()
        for hit in clause.hits[:1]:
            following = clause.lows[hit.index + 1 : hit.index + 2]
            whose = any(low in self._vocabulary.words["of"] for low in following)
            coming = hit.word.trigger.name in self._vocabulary.words["coming"]
            if hit.word.form is Form.NOUN and coming and hit.index <= 1 and not whose:
                return self._last_moving()
        return ()

    def _last_moving(self) -> tuple[TravellerMention, ...]:
        """Return who was spoken of last, rather a vehicle than the party on board."""
        last = self._last_vehicle or self._last
        return (last,) if last is not None else ()

    def _towed(
        self, clause: Clause, hit: Hit, here: Sequence[TravellerMention]
    ) -> tuple[TravellerMention, ...]:
        """Return the vehicle that is pulled: the subject of a passive, else the verb's object."""
        at = clause.tokens[hit.index].start
        vehicles = [m for m in here if not m.person and not self._governed(clause, m)]
        passive = not set(clause.lows).isdisjoint(self._vocabulary.words["passives"])
        if passive:
            return tuple(vehicles[:1])
        return tuple(m for m in vehicles[1:2] if m.start > at or vehicles[0].start < at)

    def _follows_pronoun(self, clause: Clause, mention: TravellerMention) -> bool:
        """Tell whether the name goes on a pronoun: `He and Queen Camilla`."""
        before = [token.low for token in clause.tokens if token.end <= mention.start][-_NOUN_PHRASE_WORDS:]
        joints = self._vocabulary.words["companions"]
        return any(one in self._vocabulary.pronouns and other in joints for one, other in pairwise(before))

    def leave(self, sentence: SentenceClauses) -> None:
        """Note whom and where the sentence spoke of, for the next one's pronouns."""
        candidates = [(c, m) for c in sentence.clauses for m in self._candidates(c)]
        acting = [m for c, m in candidates if not self._governed(c, m) and not self._is_genitive(m)]
        opening = next(iter(sentence.clauses), None)
        goes_on = opening is not None and opening.tokens[0].low in self._vocabulary.pronouns
        if acting and not (goes_on and self._last is not None):
            self._last = acting[0]
            self._last_vehicle = acting[0] if acting[0].vehicle else self._last_vehicle
        places = [
            p
            for c in sentence.clauses
            for p in c.places
            if p.entry is not None and p.mention.kind is Kind.TOPONYM and p.mention.reading is Reading.PLACE
        ]
        if places:
            self.place = places[-1]
        for clause in sentence.clauses:
            if any(hit.word.trigger.meeting for hit in clause.hits):
                self._participants(clause)

    def _participants(
        self, clause: Clause, earlier: Sequence[Clause] = (), *, verb: bool = False
    ) -> tuple[TravellerMention, ...]:
        candidates = [m for m in self._candidates(clause) if m.person]
        persons = {m.name: m for m in candidates if not (verb and self._is_genitive(m))}
        if persons and clause.lows[0] in self._vocabulary.words["conjunctions"]:
            acting = [
                m for c in earlier for m in self._candidates(c) if m.person and not self._governed(c, m)
            ]
            persons |= {m.name: m for m in acting[:1]}
        if self._has_pronoun(clause):
            owners = [m for m in candidates if verb and self._is_genitive(m)]
            meant = owners[0] if owners else self._last
            if meant is not None and meant.person:
                persons.setdefault(meant.name, meant)
        if len(persons) >= 2:
            self._meeting = tuple(persons.values())
            return self._meeting
        if persons:
            return tuple(persons.values())
        return self._meeting

    def _seen(self, clause: Clause, here: Sequence[TravellerMention]) -> tuple[TravellerMention, ...]:
        free = [m for m in here if not self._governed(clause, m, objects=True)]
        vehicles = [m for m in free if not m.person]
        persons = [m for m in free if not self._is_genitive(m)]
        return tuple((vehicles or persons)[:1])

    def _of_other_clauses(self, sentence: SentenceClauses, index: int) -> tuple[TravellerMention, ...]:
        clause = sentence.clauses[index]
        if clause.lows[0] in self._vocabulary.words["reporting_verbs"]:
            return ()  # `A leader, Joe Doe, said the captives walked …`
        before = [m for c in sentence.before(index) for m in self._candidates(c)]
        if self._opens_relative(clause):
            return tuple(before[-1:])
        acting = [m for m in before if not self._governed_in(sentence, m) and not self._is_genitive(m)]
        spoken_of = self._last is not None and any(self._has_pronoun(c) for c in sentence.before(index))
        if not acting and spoken_of and self._last is not None:
            return (self._last,)
        if not acting:
            after = [
                m for c in sentence.clauses[index + 1 : index + 4] for m in self._candidates(c, speakers=True)
            ]
            acting = [m for m in after if self._is_infinitive(clause)]
        return tuple(acting[:1])

    def _candidates(self, clause: Clause, *, speakers: bool = False) -> list[TravellerMention]:
        found = self._cast.within(self._article, clause.start, clause.end)
        return [m for m in found if speakers or not self._speaks(clause, m)]

    def _speaks(self, clause: Clause, mention: TravellerMention) -> bool:
        """Tell whether a person is only quoted: `sagte Watson`."""
        if not mention.person:
            return False
        verbs = self._vocabulary.words["reporting_verbs"]
        before = [t.low for t in clause.tokens if mention.start - 40 <= t.start < mention.start]
        after = [t.low for t in clause.tokens if mention.end <= t.start <= mention.end + 14]
        return any(low in verbs for low in before[-3:]) or any(low in verbs for low in after[:1])

    def _governed_in(self, sentence: SentenceClauses, mention: TravellerMention) -> bool:
        number = bisect_right(sentence.clauses, mention.start, key=lambda clause: clause.start) - 1
        return number >= 0 and self._governed(sentence.clauses[number], mention)

    def _governed(self, clause: Clause, mention: TravellerMention, *, objects: bool = False) -> bool:
        """Tell whether a preposition or an oblique article stands before the name: `mit Putin`, `dem Zug`."""
        words = self._vocabulary.words
        opened = self._opening_words(clause)
        before = [token for token in clause.tokens[opened:] if token.start < mention.start][
            -_NOUN_PHRASE_WORDS:
        ]
        for token in reversed(before):
            if token.low in self._prepositions:
                return True
            if token.low in words["nominative_blockers"]:
                return not objects or token.low in words["object_blockers"]
            if token.low in self._vocabulary.triggers or token.low in words["phrase_ends"]:
                return False
            if token.low in words["articles"]:
                at = clause.tokens.index(token)
                return at > 0 and clause.tokens[at - 1].low in self._prepositions
            if self._vocabulary.grammar.nouns_are_capitalised and not (
                token.text[:1].isupper() or token.low.endswith(words["phrase_endings"])
            ):
                return False
        return False

    def _opening_words(self, clause: Clause) -> int:
        """Return how many words open a relative clause: the `in der` of `in der Kims Zug gesehen wurde`."""
        words = " ".join(clause.lows)
        openers = [o for o in self._vocabulary.words["relative_at"] if words.startswith(f"{o} ")]
        return max((len(opener.split()) for opener in openers), default=0)

    def _is_genitive(self, mention: TravellerMention) -> bool:
        words = self._text[mention.start : mention.end]
        last = mention.name.split()[-1]
        return mention.person and bool(
            re.search(r"[’']s?$", words)
            or (words.endswith("s") and not last.endswith("s") and last in words)
            or (words.endswith("s") and words[:-1] in mention.name.split())
        )

    def _with_companions(self, clause: Clause, first: TravellerMention) -> tuple[TravellerMention, ...]:
        chosen = [first]
        for mention in self._candidates(clause):
            between = self._text[chosen[-1].end : mention.start]
            if mention.start >= chosen[-1].end and self._companions.fullmatch(between):
                chosen.append(mention)
        return tuple(chosen)

    def _listed_before(
        self, sentence: SentenceClauses, index: int, first: TravellerMention
    ) -> tuple[TravellerMention, ...]:
        """Return the names of a list that commas cut off: `A, B und C sind …`."""
        listed: list[TravellerMention] = []
        start = first.start
        for clause in reversed(sentence.before(index)):
            named = self._candidates(clause)
            if (
                clause.hits
                or not named
                or named[-1].end != clause.end
                or start - clause.end > _LIST_GAP_CHARS
            ):
                break
            listed.append(named[-1])
            start = named[-1].start
            if len(clause.tokens) > len(named[-1].name.split()) + 2:
                break
        return tuple(m for m in listed[::-1] if m.person and m.name != first.name)

    def _says_both(self, clause: Clause) -> bool:
        return any(low in self._vocabulary.words["both"] for low in clause.lows)

    def _has_pronoun(self, clause: Clause, hit: Hit | None = None) -> bool:
        """Tell whether somebody named before is taken up; of a verb, as its subject: `boarded it`."""
        if hit is not None and not self._vocabulary.grammar.verb_second:
            clause = replace(clause, tokens=clause.tokens[: hit.index])
        again = (*self._vocabulary.words["spoken_of_again"], *self._vocabulary.words["aged"])
        if any(low in self._vocabulary.pronouns or low.endswith(again) for low in clause.lows):
            return True
        if any(low in self._vocabulary.words["impersonal"] for low in clause.lows):
            return any(low in self._vocabulary.thing_pronouns for low in clause.lows)  # `geht es weiter`
        thing = self._last is not None and not self._last.person
        return thing and any(low in self._vocabulary.thing_pronouns for low in clause.lows)

    def _opens_relative(self, clause: Clause) -> bool:
        relatives = self._vocabulary.words["relatives"]
        return any(low in relatives for low in clause.lows[:1])

    def _is_infinitive(self, clause: Clause) -> bool:
        return any(low in self._vocabulary.words["infinitive_marks"] for low in clause.lows)
