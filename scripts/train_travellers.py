"""Learn the weights by which it is told who was at a place, from articles in which every place is marked.

    python scripts/train_travellers.py de=FILE.txt en=FILE.txt [--folds 5] [--write] [--list]

The form of the files is told in `own_journeys/README.md`. Prints, cross-validated over articles, of the
places where a traveller was how often one of those marked is chosen, how often another, and how often nobody,
by the rules and as learned. With `--write`, writes `travellers.json` into the folders of the languages.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from journey_texts import MarkedArticle, marked_articles, resolutions_of
from scipy import optimize, sparse

from gazetteer.journeys.attribution import AttributionWeights, likeliest, shortlist
from gazetteer.journeys.clauses import clauses_of
from gazetteer.journeys.figures import Figure
from gazetteer.journeys.leanings import Asked, Leanings, Signs
from gazetteer.journeys.travellers import cast_of
from gazetteer.journeys.vocabulary import Vocabulary, vocabulary_of
from gazetteer.places.index import Gazetteer
from gazetteer.reading.folders import language_folders
from gazetteer.reading.reader import read_article

MIN_COUNT = 3
SMALLEST_WEIGHT = 0.03
THRESHOLD = 0.4
"""Share from which a figure is believed: four in five of these are right, of those below 0.5 two in three."""


@dataclass
class Told:
    """One article with its figures and what is marked of them."""

    leanings: Leanings
    language: str
    fold: int
    letters: list[frozenset[str]]
    """By figure: which travellers it is."""
    wanted: list[frozenset[str]]
    """By asked place: who was there."""
    words: list[str]
    likely: list[float] = field(default_factory=list)
    ballots: list[list[float]] = field(default_factory=list)

    def keep(self) -> None:
        """Forget the figures that nobody weighs."""
        numbers = likeliest(self.likely)
        self.letters = [self.letters[number] for number in numbers]
        self.likely = shortlist(self.leanings, self.likely)

    def right(self, number: int) -> set[int]:
        """Return the figures that are right at an asked place."""
        return {n for n, letters in enumerate(self.letters) if letters & self.wanted[number]}


def main() -> None:
    """Cross-validate, then learn from everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="+", help="LANGUAGE=FILE.txt")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--penalties", type=float, nargs=3, default=(4.0, 16.0, 4.0))
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    gazetteer = Gazetteer.open()
    told = []
    numbers: Counter[str] = Counter()
    for item in arguments.data:
        language, _, file = item.partition("=")
        vocabulary = vocabulary_of(language)
        assert vocabulary is not None
        for one in marked_articles(Path(file), language):
            read = told_of(one, gazetteer, vocabulary)
            if read is not None:
                read.fold = numbers[language] % arguments.folds
                numbers[language] += 1
                told.append(read)
    learn(told, arguments)


def told_of(one: MarkedArticle, gazetteer: Gazetteer, vocabulary: Vocabulary) -> Told | None:
    """Return an article as the rules read it, None where no marked place is found in it."""
    reading = read_article(one.article, gazetteer)
    cast = cast_of([reading])
    sentences = clauses_of(reading)
    found = resolutions_of(one, reading)
    asked, wanted, words = [], [], []
    for mark in one.marks:
        resolution = found.get(mark)
        if resolution is None or mark.status == "none" or not mark.travellers:
            continue
        at = resolution.mention.span.start
        for number, sentence in enumerate(sentences):
            for index, clause in enumerate(sentence.clauses):
                if clause.start <= at < clause.end:
                    asked.append(Asked(number, index, at))
                    wanted.append(frozenset(letter[0] for letter in mark.travellers))
                    words.append(one.article.text[max(0, at - 80) : mark.end + 40].replace("\n", " "))
    if not asked:
        return None
    leanings = Leanings(reading, cast, sentences, vocabulary, asked)
    pronouns = vocabulary.pronouns | vocabulary.thing_pronouns | {*vocabulary.words["first_persons"]}
    names = {
        letter: [own for name in given if (own := own_words(name, vocabulary)) and not {*own} <= pronouns]
        for letter, given in one.names.items()
    }
    letters = [letters_of(figure, one.article.text, names, vocabulary) for figure in leanings.figures]
    return Told(leanings, vocabulary.language, 0, letters, wanted, words)


def own_words(name: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the words of a name without articles."""
    words = re.findall(r"[^\W_]+", name.lower())
    functional = vocabulary.grammar.function_words
    kept = [word for word in words if word not in functional]
    return tuple(kept or words)


def letters_of(
    figure: Figure, text: str, names: dict[str, list[tuple[str, ...]]], vocabulary: Vocabulary
) -> frozenset[str]:
    """Return the travellers that a figure is, by the letters they are marked with."""
    forms = Counter(own_words(text[n.start : n.end], vocabulary) for n in figure.namings)
    found: Counter[str] = Counter()
    for form, count in forms.items():
        for letter, given in names.items():
            if any(_is_same(form, name) for name in given):
                found[letter] += count
    if not found:
        return frozenset()
    most = max(found.values())
    return frozenset(letter for letter, count in found.items() if 2 * count >= most)


def _is_same(form: tuple[str, ...], name: tuple[str, ...]) -> bool:
    if not form:
        return False
    if form == name:
        return True
    last, other = form[-1], name[-1]
    alike = last == other or (min(len(last), len(other)) > 3 and _bare(last) == _bare(other))
    return alike or (len(form) > 1 and set(name) <= set(form)) or (len(form) == 1 and form[0] in name[-2:])


def _bare(word: str) -> str:
    for ending in ("es", "en", "er", "s", "n", "e"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word[: -len(ending)]
    return word


def learn(told: list[Told], arguments: argparse.Namespace) -> None:  # noqa: C901, PLR0912 - one step after the other
    """Cross-validate, report, and write the weights if asked to."""
    folds = range(arguments.folds)
    languages = sorted({one.language for one in told})
    penalties = arguments.penalties
    for fold in folds:
        alone = fitted_alone([one for one in told if one.fold != fold], penalties[0])
        for one in told:
            if one.fold == fold:
                one.likely = AttributionWeights(alone[one.language], {}, {}, 0.0).likely(one.leanings)
    alone = fitted_alone(told, penalties[0])
    for one in told:
        one.keep()
    for fold in folds:
        beside = fitted([one for one in told if one.fold != fold], rows_beside, penalties[1])
        for one in told:
            if one.fold == fold:
                weights = AttributionWeights({}, beside[one.language], {}, 0.0)
                one.ballots = weights.ballots(one.leanings, one.likely, len(one.wanted))
    verdicts: dict[str, list[tuple[float, bool, bool]]] = {language: [] for language in languages}
    ruled: dict[str, Counter[str]] = {language: Counter() for language in languages}
    for fold in folds:
        together = fitted([one for one in told if one.fold != fold], rows_together, penalties[2])
        for one in told:
            if one.fold == fold:
                weights = AttributionWeights({}, {}, together[one.language], 0.0)
                verdicts[one.language] += judged(one, weights, ruled[one.language], listed=arguments.list)
    for language in languages:
        own = [one for one in told if one.language == language]
        report(own, verdicts[language], ruled[language])
    if arguments.write:
        beside = fitted(told, rows_beside, penalties[1])
        together = fitted(told, rows_together, penalties[2])
        for language in languages:
            weights = AttributionWeights(alone[language], beside[language], together[language], THRESHOLD)
            write(language, weights)


def report(told: Sequence[Told], verdicts: Sequence[tuple[float, bool, bool]], ruled: Counter[str]) -> None:
    """Print what was found in one language."""
    places = sum(len(one.wanted) for one in told)
    reach = sum(bool(one.right(n)) for one in told for n in range(len(one.wanted)))
    print(f"{told[0].language}: {len(told)} articles, {places} places; {reach} with one of the figures")
    travel = [any(one.letters[n] for n in _best(one.likely, 1)) for one in told]
    print(f"  the likeliest figure travels in {sum(travel)} articles")
    first = [_best(b, 1)[0] in one.right(n) for one in told for n, b in enumerate(one.ballots)]
    print(f"  each by itself: {sum(first)} right")
    print(f"  rules: {dict(ruled)}")
    for least in (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        chosen = [(right, possible) for share, right, possible in verdicts if share >= least]
        right = sum(r for r, _ in chosen)
        print(f"  from {least}: {right} right, {len(chosen) - right} wrong, {places - len(chosen)} nobody")


def _best(shares: Sequence[float], count: int) -> list[int]:
    return sorted(range(len(shares)), key=shares.__getitem__, reverse=True)[:count]


def judged(
    one: Told, weights: AttributionWeights, ruled: Counter[str], *, listed: bool
) -> list[tuple[float, bool, bool]]:
    """Return for each asked place the share of the chosen figure, and whether it is right."""
    found = []
    for number, shares in enumerate(weights.elected(one.leanings, one.ballots)):
        right = one.right(number)
        names = one.leanings.ruled[number]
        by_rules = {n for n, figure in enumerate(one.leanings.figures) if figure.name in names}
        verdict = "nobody" if not names else "right" if by_rules & right else "wrong"
        best = max(range(len(shares)), key=shares.__getitem__)
        ruled[verdict] += 1
        ruled[f"{verdict}, learned right"] += best in right
        if best < len(one.likely):
            found.append((shares[best], best in right, bool(right)))
        if listed:
            name = one.leanings.figures[best].name if best < len(one.likely) else "nobody"
            verdict = "right" if best in right else "nobody" if best >= len(one.likely) else "WRONG"
            others = [one.leanings.figures[n].name for n in sorted(right)]
            print(f"   {verdict:7} {shares[best]:.2f} {name[:24]:24} {others} | {one.words[number]}")
    return found


def fitted_alone(told: Sequence[Told], penalty: float) -> dict[str, dict[str, float]]:
    """Return by language the weights of a logistic regression: which figures travel."""
    signs, spoken, wanted = [], [], []
    for one in told:
        signs += one.leanings.alone()
        spoken += [one.language] * len(one.letters)
        wanted += [bool(letters) for letters in one.letters]
    sought = Sought.of(signs, spoken)
    matrix, transposed = sought.matrix, sought.matrix.T.tocsr()
    right = np.array(wanted, dtype=float)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        value = np.logaddexp(0.0, scores).sum() - right @ scores
        slopes = transposed @ (1.0 / (1.0 + np.exp(-scores)) - right)
        return float(value + 0.5 * penalty * weights @ weights), slopes + penalty * weights

    return sought.by_language(loss)


def rows_beside(one: Told) -> Iterator[list[Signs]]:
    """Yield for each asked place the signs of the figures and of nobody."""
    for number in range(len(one.wanted)):
        yield [*one.leanings.beside(number, one.likely), one.leanings.nobody(number, one.likely)]


def rows_together(one: Told) -> Iterator[list[Signs]]:
    """Yield the same as it looks from the other places."""
    for number in range(len(one.wanted)):
        yield one.leanings.together(number, one.ballots)


def fitted(
    told: Sequence[Told], rows: Callable[[Told], Iterator[list[Signs]]], penalty: float
) -> dict[str, dict[str, float]]:
    """Return by language the weights of a conditional logit: who was at a place, where several may be right.

    A weight has a part that the languages share and one of its own language.
    """
    signs: list[Signs] = []
    spoken, starts, wanted = [], [], []
    for one in told:
        for number, group in enumerate(rows(one)):
            right = one.right(number)
            if not right and len(group) == len(one.letters):
                continue
            starts.append(len(signs))
            signs += group
            spoken += [one.language] * len(group)
            wanted += [float(n in right if n < len(one.letters) else not right) for n in range(len(group))]
    sought = Sought.of(signs, spoken, shared=rows is rows_together)
    matrix, transposed = sought.matrix, sought.matrix.T.tocsr()
    right = np.array(wanted)
    bounds = np.array(starts)
    group_of = np.repeat(np.arange(len(starts)), np.diff([*starts, len(signs)]))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        scores -= np.maximum.reduceat(scores, bounds)[group_of]
        raised = np.exp(scores)
        totals = np.add.reduceat(raised, bounds)
        rights = np.add.reduceat(raised * right, bounds) + 1e-12
        value = (np.log(totals) - np.log(rights)).sum()
        slopes = transposed @ (raised / totals[group_of] - raised * right / rights[group_of])
        return float(value + 0.5 * penalty * weights @ weights), slopes + penalty * weights

    return sought.by_language(loss)


@dataclass
class Sought:
    """The signs of figures as a matrix: a block that all languages share, and one of each language's own."""

    matrix: sparse.csr_matrix
    columns: dict[str, int]
    seen: dict[str, set[str]]
    """Which signs are met in a language."""
    own: list[str]
    """The languages with a block."""

    @classmethod
    def of(cls, signs: Sequence[Signs], spoken: Sequence[str], *, shared: bool = False) -> Sought:
        """Take the signs of each figure and its language; with `shared`, none has weights of its own."""
        counts = Counter(name for of_one in signs for name in of_one)
        columns = {name: i for i, name in enumerate(sorted(n for n, c in counts.items() if c >= MIN_COUNT))}
        seen: dict[str, set[str]] = {}
        for language, of_one in zip(spoken, signs, strict=True):
            seen.setdefault(language, set()).update(of_one)
        base = matrix_of(signs, columns)
        own = [] if shared else sorted(seen)
        blocks = [base, *(sparse.diags([float(s == one) for s in spoken]) @ base for one in own)]
        return cls(sparse.hstack(blocks).tocsr(), columns, seen, own)

    def by_language(
        self, loss: Callable[[np.ndarray], tuple[float, np.ndarray]]
    ) -> dict[str, dict[str, float]]:
        """Return the weights with the least loss, for each language by sign."""
        start = np.zeros(self.matrix.shape[1])
        best = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
        blocks = best.reshape(len(self.own) + 1, len(self.columns))
        found = {}
        for language, seen in self.seen.items():
            weights = blocks[0] + (blocks[1 + self.own.index(language)] if self.own else 0.0)
            found[language] = {
                name: round(float(weights[i]), 3)
                for name, i in self.columns.items()
                if name in seen and abs(weights[i]) >= SMALLEST_WEIGHT
            }
        return found


def matrix_of(signs: Sequence[Signs], columns: dict[str, int]) -> sparse.csr_matrix:
    """Return the matrix of figures by signs."""
    indices, values, bounds = [], [], [0]
    for of_one in signs:
        for name, value in of_one.items():
            column = columns.get(name)
            if column is not None:
                indices.append(column)
                values.append(value)
        bounds.append(len(indices))
    return sparse.csr_matrix((values, indices, bounds), shape=(len(signs), len(columns)))


def write(language: str, weights: AttributionWeights) -> None:
    """Write the weights of a language."""
    target = Path(str(language_folders()[language])) / "travellers.json"
    content = {
        "learned_from": "articles of our own (scripts/own_journeys)",
        "threshold": weights.threshold,
        "alone": weights.alone,
        "beside": weights.beside,
        "together": weights.together,
    }
    target.write_text(
        json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8"
    )
    print(f"{target}: {len(weights.alone)} and {len(weights.beside)} weights, threshold {weights.threshold}")


if __name__ == "__main__":
    main()
