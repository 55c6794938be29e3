"""Leanings: what speaks for or against each figure of an article as the one who was at some place.

First every figure is looked at by itself: what it is called, and how it stands in its sentences. Then for
each place that somebody was at: who stands nearby, whom the rules let travel, whom a pronoun may mean, who
was at the places round about. All are signs with a value, weighed as `scripts/train_travellers.py` learned.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

from gazetteer.journeys.clauses import Clause, SentenceClauses
from gazetteer.journeys.figures import Figure, Naming, figures_of
from gazetteer.journeys.speech import speech_in
from gazetteer.journeys.subjects import Subjects
from gazetteer.journeys.travellers import Cast
from gazetteer.journeys.vocabulary import Form, Vocabulary
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.reader import ArticleReading

Signs = dict[str, float]
_FAR: Final = 3
"""So many sentences back all is equally far."""
_SCOPES: Final = ("C<", "C>", "S<", "P1", "S>", "P2", "P3")
"""The nearest first."""
_BEHIND: Final = frozenset({"C>", "S>", "later"})
_HARDLY: Final = -1.5
"""Log odds up to which a figure is left out when it is asked who comes first or last."""
_LEAST: Final = -6.0
"""Log odds below which all are equally unlikely."""
_STEP_CHARS: Final = 15
_FARTHEST_STEPS: Final = 6
_SPEAKER_CHARS: Final = (40, 14)
"""So far before and behind a name its verb of speaking may stand."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A place that somebody was at, of whom it is asked who."""

    sentence: int
    """Number of the sentence in the article."""
    clause: int
    """Number of the clause in its sentence."""
    start: int
    """Where the place's name begins."""


class Leanings:
    """Those of one article's figures."""

    def __init__(
        self,
        reading: ArticleReading,
        cast: Cast,
        sentences: Sequence[SentenceClauses],
        vocabulary: Vocabulary,
        asked: Sequence[Asked],
    ) -> None:
        """Take the article and the places asked about, in text order."""
        self._text = reading.article.text
        self._sentences = sentences
        self._vocabulary = vocabulary
        self._lexicon = Lexicon.of(vocabulary.language)
        self._classes = self._lexicon.classes
        self._speech = speech_in(self._text)
        self._asked = asked
        self._article = reading.article.id
        self._cast = cast
        self.figures = figures_of(reading, cast, sentences, vocabulary)
        self._pronouns = (
            vocabulary.pronouns | vocabulary.thing_pronouns | {*vocabulary.words["first_persons"]}
        )
        self._quoted = {n for n, figure in enumerate(self.figures) if self._speaks(figure)}

    def keep(self, numbers: Sequence[int]) -> None:
        """Forget all figures but those of some numbers, in their order."""
        self.figures = tuple(self.figures[number] for number in numbers)
        self._quoted = {n for n, figure in enumerate(self.figures) if self._speaks(figure)}

    def named_beside(self, number: int) -> frozenset[str]:
        """Return the names of the cast in the clause of an asked place."""
        asked = self._asked[number]
        clause = self._sentences[asked.sentence].clauses[asked.clause]
        return frozenset(m.name for m in self._cast.within(self._article, clause.start, clause.end))

    @cached_property
    def ruled(self) -> tuple[frozenset[str], ...]:
        """By the number of the asked place, whom the rules let travel in its clause."""
        subjects = Subjects(self._article, self._text, self._cast, self._vocabulary)
        wanted = {(asked.sentence, asked.clause) for asked in self._asked}
        found: dict[tuple[int, int], frozenset[str]] = {}
        for number, sentence in enumerate(self._sentences):
            for index, clause in enumerate(sentence.clauses):
                if (number, index) in wanted:
                    hits = [hit for hit in clause.hits if hit.word.form is not Form.NOUN]
                    found[number, index] = frozenset(
                        who.name for hit in hits for who in subjects.of(sentence, index, hit)
                    )
            subjects.leave(sentence)
        return tuple(found[asked.sentence, asked.clause] for asked in self._asked)

    def _speaks(self, figure: Figure) -> bool:
        if figure.kind not in {"person", "name"}:
            return False
        verbs = self._vocabulary.words["reporting_verbs"]
        for naming in figure.namings:
            clause = self._sentences[naming.sentence].clauses[naming.clause]
            before, behind = _SPEAKER_CHARS
            lows = [t.low for t in clause.tokens if naming.start - before <= t.start <= naming.end + behind]
            if any(low in verbs for low in lows):
                return True
        return False

    def alone(self) -> list[Signs]:
        """Return the signs of each figure by itself."""
        clauses = {(a.sentence, a.clause) for a in self._asked}
        sentences = {a.sentence for a in self._asked}
        most = max((len(f.namings) for f in self.figures), default=1)
        found = []
        for figure in self.figures:
            signs: Signs = {"bias": 1.0}
            kind = figure.kind
            count = len(figure.namings)
            beside = sum((n.sentence, n.clause) in clauses for n in figure.namings)
            within = sum(n.sentence in sentences for n in figure.namings)
            low = figure.head.lower()
            names = [
                f"kind {kind}",
                f"count {min(count, 5)}",
                f"count {min(count, 5)} {kind}",
                f"beside {min(beside, 4)}",
                f"within {min(within, 4)}",
                f"first {min(figure.namings[0].sentence, 3)}",
                f"most {count == most}",
                f"named {' ' in figure.name}",
            ]
            if kind in {"noun", "party", "group"} or figure.mention.vehicle:
                names += [f"head4 {low[-4:]}", f"head6 {low[-6:]}"]
                names += self._classes.of_word(figure.head)
                names.append(f"frequency {self._lexicon.frequency(low)} {kind}")
            if figure.titles:
                names.append("titled")
            modifying = sum(naming.modifies for naming in figure.namings)
            names.append(
                f"modifies {'always' if modifying == count else 'also' if modifying else 'never'} {kind}"
            )
            first, second = figure.namings[0], figure.namings[1].article if count > 1 else "-"
            names += [
                f"opening {first.article}",
                f"opening {first.article} {second}",
                f"opening {first.lead} {first.article}",
            ]
            for naming in {(n.article, n.lead) for n in figure.namings}:
                article, lead = naming
                names += [f"article {article}", f"lead {lead}", f"stands {lead} {article}"]
            for following in {n.following for n in figure.namings}:
                if following:
                    names += [f"next {c}" for c in self._classes.of_word(following, (6, 10))]
            for name in names:
                signs[name] = 1.0
            signs["bold"] = sum(n.lead == "^" for n in figure.namings) / count
            found.append(signs)
        return found

    def nobody(self, number: int, likely: Sequence[float]) -> Signs:
        """Return the signs that none of the figures was at an asked place."""
        asked = self._asked[number]
        clause = self._sentences[asked.sentence].clauses[asked.clause]
        signs: Signs = {"nobody": 1.0, "nobody best": max(likely, default=-5.0)}
        for pronoun in self._pronouns_of(clause):
            signs[f"nobody {pronoun}"] = 1.0
        if self._is_spoken(asked.start):
            signs["nobody speech"] = 1.0
        return signs

    def beside(self, number: int, likely: Sequence[float]) -> list[Signs]:
        """Return the signs of each figure as the one who was at an asked place.

        Args:
            number: Of the asked place.
            likely: The log odds of each figure by itself.
        """
        asked = self._asked[number]
        clause = self._sentences[asked.sentence].clauses[asked.clause]
        paragraph = self._text.rfind("\n", 0, asked.start)
        scene = _Scene.of([_scopes(figure, asked) for figure in self.figures], likely)
        pronouns = self._pronouns_of(clause)
        relative = clause.lows[0] in self._vocabulary.words["relatives"]
        spoken = self._is_spoken(asked.start)
        modes = {hit.word.trigger.mode for hit in clause.hits if hit.word.trigger.mode}
        triggers = {hit.word.trigger.name for hit in clause.hits}
        found = []
        for n, figure in enumerate(self.figures):
            kind, local = figure.kind, scene.local(n)
            signs: Signs = {"likely": max(likely[n], _LEAST)}
            for scope in scene.scopes[n]:
                signs[f"likely {scope}"] = max(likely[n], _LEAST)
            names = [f"kind {kind}", f"local {local}", *scene.signs_of(n, kind)]
            names += _distance(scene.scopes[n], asked)
            names += _of_paragraph(figure, asked.start, paragraph)
            if relative and scene.lasts.get("S<") == n:
                names.append("before relative")
            if "C<" in scene.scopes[n]:
                names += [f"mode {mode} {kind}" for mode in modes]
            if figure.name in self.ruled[number]:
                names += ["ruled", f"ruled {kind}", f"ruled {local}"]
            elif self.ruled[number]:
                names.append("not ruled")
            names += _of_pronouns(figure, pronouns, local)
            names += [f"trigger {trigger} {kind}" for trigger in triggers]
            quoted = n in self._quoted
            if spoken:
                names += [f"spoken {quoted}", f"spoken {quoted} {local}"]
                names += [f"spoken {quoted} {pronoun}" for pronoun in pronouns]
            elif quoted:
                names.append(f"quoted {local}")
            signs.update(dict.fromkeys(names, 1.0))
            found.append(signs)
        return found

    def together(self, number: int, ballots: Sequence[Sequence[float]]) -> list[Signs]:
        """Return the signs that the other asked places add: who was there, as far as that is known.

        Args:
            number: Of the asked place.
            ballots: For each asked place the share of each figure, and last of nobody.
        """
        asked = self._asked[number]
        clause = self._sentences[asked.sentence].clauses[asked.clause]
        pronoun = "pronoun" if self._pronouns_of(clause) else "bare"
        gap = self._gap(number)
        after = self._gap(number + 1) if number + 1 < len(ballots) else "none"
        others = [ballot for n, ballot in enumerate(ballots) if n != number]
        earlier = ballots[number - 1] if number else ()
        later = ballots[number + 1] if number + 1 < len(ballots) else ()
        found = []
        sums = [sum(column) / len(others) for column in zip(*others, strict=True)] if others else []
        most = max(sums[:-1], default=0.0)
        for n in range(len(self.figures) + 1):
            mine = ballots[number][n]
            signs: Signs = {"own": mine, "own log": math.log(mine + 0.001)}
            if sums:
                signs["all"] = sums[n]
                signs["all log"] = math.log(sums[n] + 0.01)
                signs["all most"] = float(sums[n] == most)
            if earlier:
                signs["earlier"] = signs[f"earlier {gap}"] = signs[f"earlier {pronoun}"] = earlier[n]
            if later:
                signs["later"] = signs[f"later {after}"] = later[n]
            found.append(signs)
        return found

    def _gap(self, number: int) -> str:
        """Return how far back the place asked before stands."""
        if not number:
            return "none"
        asked, before = self._asked[number], self._asked[number - 1]
        if asked.sentence == before.sentence:
            return "clause" if asked.clause == before.clause else "sentence"
        broken = "\n" in self._text[before.start : asked.start]
        return f"{min(asked.sentence - before.sentence, _FAR)}{' paragraph' if broken else ''}"

    def _pronouns_of(self, clause: Clause) -> tuple[str, ...]:
        return tuple(dict.fromkeys(low for low in clause.lows if low in self._pronouns))

    def _is_spoken(self, at: int) -> bool:
        return any(start <= at < end for start, end in self._speech)


@dataclass(frozen=True, slots=True)
class _Scene:
    """Who stands where, as seen from an asked place."""

    scopes: Sequence[dict[str, Naming]]
    """By figure, where it is named, with the nearest naming there: `C<` in the place's clause before it, `S>`
    later in its sentence, `P1` in the sentence before."""
    tops: dict[str, int]
    """By scope, the figure most likely to travel."""
    firsts: dict[str, int]
    lasts: dict[str, int]
    nearest: str
    best: int

    @classmethod
    def of(cls, scopes: Sequence[dict[str, Naming]], likely: Sequence[float]) -> Self:
        tops: dict[str, int] = {}
        places: dict[str, list[tuple[int, int]]] = {}
        for n, scoped in enumerate(scopes):
            for scope, naming in scoped.items():
                if scope not in tops or likely[n] > likely[tops[scope]]:
                    tops[scope] = n
                if likely[n] > _HARDLY:
                    places.setdefault(scope, []).append((naming.start, n))
        return cls(
            scopes,
            tops,
            {scope: min(found)[1] for scope, found in places.items()},
            {scope: max(found)[1] for scope, found in places.items()},
            next((scope for scope in _SCOPES if scope in tops), "none"),
            max(range(len(likely)), key=likely.__getitem__, default=0),
        )

    def local(self, n: int) -> str:
        """Return the nearest scope in which a figure is named."""
        return next((scope for scope in (*_SCOPES, "later") if scope in self.scopes[n]), "none")

    def signs_of(self, n: int, kind: str) -> list[str]:
        """Return the signs of where a figure stands."""
        names = []
        for scope, naming in self.scopes[n].items():
            names += [
                f"in {scope}",
                f"in {scope} {kind}",
                f"in {scope} {naming.lead} {naming.article}",
                f"in {scope} {naming.lead}",
            ]
            if self.tops[scope] == n:
                names += [f"top {scope}", f"top {scope} nearest {self.nearest == scope}"]
            if self.firsts.get(scope) == n:
                names.append(f"first {scope}")
            if self.lasts.get(scope) == n:
                names.append(f"last {scope}")
        if n == self.best:
            names += ["best", f"best {self.local(n)}"]
        return names


def _distance(scoped: dict[str, Naming], asked: Asked) -> list[str]:
    """Return how far a figure stands from the place in its clause, if it stands there."""
    gaps = [abs(scoped[scope].start - asked.start) for scope in ("C<", "C>") if scope in scoped]
    return [f"distance {min(min(gaps) // _STEP_CHARS, _FARTHEST_STEPS)}"] if gaps else []


def _of_paragraph(figure: Figure, at: int, paragraph: int) -> list[str]:
    """Return whether a figure is named in a place's paragraph before it, and how often."""
    here = sum(paragraph < naming.start < at for naming in figure.namings)
    before = figure.namings[0].start <= paragraph
    return [
        f"paragraph {'here' if here else 'before' if before else 'later'}",
        f"paragraph {min(here, _FAR)} times",
    ]


def _of_pronouns(figure: Figure, pronouns: Sequence[str], local: str) -> list[str]:
    """Return the signs of whether a pronoun beside the place may mean a figure."""
    if not pronouns:
        return [f"no pronoun {local}"]
    names = []
    articles = {naming.article for naming in figure.namings}
    for pronoun in pronouns:
        names += [f"pronoun {pronoun} {figure.kind}", f"pronoun {pronoun} {local}"]
        names += [f"pronoun {pronoun} {article}" for article in articles]
        if figure.kind == "person":
            names.append(f"pronoun {pronoun} given {figure.name.split()[0][-1]}")
    return names


def _scopes(figure: Figure, asked: Asked) -> dict[str, Naming]:
    """Return where a figure is named as seen from a place, and the nearest naming there."""
    found: dict[str, Naming] = {}
    for naming in figure.namings:
        if naming.sentence == asked.sentence:
            if naming.clause == asked.clause:
                scope = "C<" if naming.start < asked.start else "C>"
            else:
                scope = "S<" if naming.clause < asked.clause else "S>"
        elif naming.sentence > asked.sentence:
            scope = "later"
        else:
            scope = f"P{min(asked.sentence - naming.sentence, _FAR)}"
        if scope in _BEHIND:
            found.setdefault(scope, naming)
        else:
            found[scope] = naming
    return found
