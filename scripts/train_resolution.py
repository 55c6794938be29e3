"""Learn which of the places of a name is meant, from text annotated with positions.

    python scripts/train_resolution.py en=GEOVIRUS.jsonl en=OWN/learned_en.jsonl~0.5
        de=OWN/learned_de.jsonl~0.5 en=MADE-UP_EN.jsonl~0.5 de=MADE-UP_DE.jsonl~0.5
        en=PAIRS_EN.jsonl~0.2 de=PAIRS_DE.jsonl~0.2
        [en?TEST.jsonl] [--folds 5] [--write]

`=` is cross-validated by document and learned from, `~` and a number behind it give its weight; `?` is
only scored. Each line of a file is a document: `text`, `mentions` with `start`, `end`, `lat`, `lon`.

Names are detected as in reading; those that meet an annotated mention with a position, and of whose places
one lies within 161 km of it, are learned from. A conditional logit with a quadratic penalty gives the
log odds of a name's places: first alone, then together, by the shares of the round before. Whether a place
far from all else in its article is right is learned by logistic regression from those so chosen.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy import optimize

from gazetteer.geodesy import great_circle_km
from gazetteer.places.index import Gazetteer
from gazetteer.positions import LatLon
from gazetteer.reading import hints, votes
from gazetteer.reading.agreement import AGREEMENT_NAMES, agreement
from gazetteer.reading.ballots import Ballot
from gazetteer.reading.detection import detect
from gazetteer.reading.disambiguation import Names, homes_of
from gazetteer.reading.finding import Finder
from gazetteer.reading.hints import Hints, KindWords
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.namesakes import OWN_NAMES, Namesakes
from gazetteer.reading.ranking import ROUNDS
from gazetteer.reading.respellings import Respellings
from gazetteer.reading.solitude import LONELY_NAMES, Lonely
from gazetteer.reading.tokens import Text, Words
from gazetteer.reading.traits import USE_NAMES, Traits
from gazetteer.reading.weighing import Weights

TARGET = Path(__file__).parent.parent / "gazetteer" / "reading" / "languages" / "resolution.json"
NEAR_KM = 161.0
SAME_KM = 5.0
MIN_WEIGHT = 0.005
LONELY_PENALTY = 0.5
EXPECTED = {
    "area behind": 13.0,
    "prominence": 1.5,
    "firm name": 1.0,
    "names of town": 0.4,
    "known abroad": 0.6,
    "nearby de": 0.5,
    "state of its town": -1.5,
    "unit of its town": -1.0,
}
"""Weights by judgement, from which the examples lead away: few of them name far-off towns of renown, and
hardly any a namesake of one beside the area it lies in (`Paris, Texas`, in news from France)."""


@dataclass
class Piece:
    """What is known of one document's names."""

    corpus: int
    fold: int
    weight: float
    gold: int
    """Mentions annotated with a position."""
    namesakes: Namesakes
    said: Hints
    counts: np.ndarray
    static: np.ndarray
    hinted: np.ndarray
    aims: list[tuple[int, np.ndarray, np.ndarray, int]]
    """For each name with gold: its number, km from gold by row, which rows are right, how many mentions."""
    shares: np.ndarray | None = None
    kept: np.ndarray | None = None
    """The shares by weights learned from other documents."""

    def hear(self, gazetteer: Gazetteer) -> None:
        """Fill the columns of hints that depend on the shares so far."""
        self.said.add_areas(self.hinted, self.namesakes, self.shares, gazetteer)
        self.said.add_mates(self.hinted, self.namesakes, self.shares)


class Reader:
    """Reads the documents of one corpus."""

    def __init__(self, gazetteer: Gazetteer, language: str, corpus: int, weight: float) -> None:
        """Take the corpus' language, number and weight."""
        lexicon = Lexicon.of(language)
        self.gazetteer, self.language = gazetteer, language
        self.corpus, self.weight = corpus, weight
        self.finder, self.words = Finder(gazetteer, lexicon), KindWords(lexicon)
        self.traits = Traits(gazetteer, language, homes_of(lexicon))
        self.respellings = Respellings(gazetteer)

    def pieces(self, documents: Sequence[dict], folds: int) -> list[Piece]:
        """Read all documents with gold."""
        pieces = []
        for number, document in enumerate(documents):
            marked = [m for m in document["mentions"] if m.get("lat") is not None]
            if marked and (piece := self.piece(document["text"], marked, number % folds)) is not None:
                pieces.append(piece)
        return pieces

    def piece(self, plain: str, marked: list[dict], fold: int) -> Piece | None:
        """Read one document; None where no name is found."""
        text = Text.of(plain)
        words = Words.of(text.plain)
        detected, here = detect(text.plain, words, self.finder, Weights.of(self.language))
        names = Names.of(detected, here, self.words, self.traits, self.respellings)
        if not names.named:
            return None
        namesakes = Namesakes.of(names.named, self.gazetteer, self.traits)
        said = Hints(self.words)
        said.gather(detected, names.name_of, here)
        places, uses = namesakes.places, self.traits.use_matrix()[namesakes.uses]
        static = [self.traits.matrix(places), uses, namesakes.own.T, agreement(namesakes).T]
        return Piece(
            corpus=self.corpus,
            fold=fold,
            weight=self.weight,
            gold=len(marked),
            namesakes=namesakes,
            said=said,
            counts=names.counts,
            static=np.concatenate(static, axis=1),
            hinted=said.columns(namesakes),
            aims=self.aims(
                [text.original(found.start, found.end) for found in detected],
                names.name_of,
                namesakes,
                marked,
            ),
        )

    def aims(
        self,
        spans: list[tuple[int, int]],
        name_of: list[int],
        namesakes: Namesakes,
        marked: list[dict],
    ) -> list[tuple[int, np.ndarray, np.ndarray, int]]:
        """Find the names that annotated mentions meet, and which of their places are right."""
        seen: dict[tuple[int, float, float], int] = defaultdict(int)
        for m in marked:
            shared = [min(end, m["end"]) - max(start, m["start"]) for start, end in spans]
            best = int(np.argmax(shared))
            if shared[best] > 0 and name_of[best] >= 0:
                seen[name_of[best], m["lat"], m["lon"]] += 1
        aims = []
        for (name, lat, lon), times in seen.items():
            start = namesakes.starts[name]
            places = namesakes.places[start : start + namesakes.sizes[name]].tolist()
            positions = [self.gazetteer.entry_at(place).position for place in places]
            km = np.array([great_circle_km(LatLon(lat, lon), position) for position in positions])
            right = (km <= km.min() + SAME_KM) & (km.min() <= NEAR_KM)
            aims.append((name, km, right, times))
        return aims


def column_names(language: str, gazetteer: Gazetteer) -> list[str]:
    """Return the names of the columns of a language's documents."""
    traits = Traits(gazetteer, language, {})
    return [*traits.names(), *USE_NAMES, *OWN_NAMES, *AGREEMENT_NAMES, *hints.NAMES, *votes.NAMES]


def fitted(examples: list, penalty: np.ndarray, expected: np.ndarray, start: np.ndarray | None) -> np.ndarray:
    """Return the weights of a conditional logit.

    Args:
        examples: (rows by features, which are right, weight) for each name.
        penalty: Of the square of what each weight differs by from the one expected.
        expected: What the weights are where the examples say nothing.
        start: Where to begin.
    """
    matrix = np.concatenate([e[0] for e in examples])
    right = np.concatenate([e[1] for e in examples])
    weight = np.array([e[2] for e in examples])
    sizes = np.array([len(e[1]) for e in examples])
    starts = np.cumsum(sizes) - sizes
    names = np.repeat(np.arange(len(sizes)), sizes)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = matrix @ weights
        tops = np.maximum.reduceat(odds, starts)
        exps = np.exp(odds - tops[names])
        totals = np.add.reduceat(exps, starts)
        good = np.add.reduceat(exps * right, starts) + 1e-300
        shares, among = exps / totals[names], exps * right / good[names]
        beyond = weights - expected
        value = weight @ (np.log(totals) - np.log(good)) + 0.5 * (penalty * beyond) @ beyond
        return float(value), matrix.T @ ((shares - among) * weight[names]) + penalty * beyond

    first = expected if start is None else start
    return optimize.minimize(loss, first, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x


def examples_of(pieces: list[Piece], matrix_of: Callable[[Piece], np.ndarray]) -> list:
    """Return the names with a right place and a wrong one."""
    found = []
    for piece in pieces:
        matrix = matrix_of(piece)
        for name, _km, right, times in piece.aims:
            if right.any() and not right.all():
                start = piece.namesakes.starts[name]
                rows = slice(start, start + piece.namesakes.sizes[name])
                found.append((matrix[rows], right, piece.weight * times**0.5))
    return found


@dataclass
class LonelyExamples:
    """Places far from all else in their article, as chosen by weights learned from other documents."""

    traits: list[np.ndarray] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)
    corpus: list[int] = field(default_factory=list)

    def add(self, piece: Piece, gazetteer: Gazetteer) -> None:
        """Take those of a document that are annotated."""
        sames = piece.namesakes
        spans = zip(sames.starts, sames.sizes, strict=True)
        best = [int(start + np.argmax(piece.shares[start : start + size])) for start, size in spans]
        ballot = Ballot(sames, piece.hinted, piece.shares, piece.shares, piece.counts)
        lonely = Lonely(ballot, best, gazetteer)
        aims = {name: (km, times) for name, km, _right, times in piece.aims}
        for name, traits in zip(lonely.names.tolist(), lonely.traits.T, strict=True):
            if name in aims:
                km, times = aims[name]
                self.traits.append(traits)
                self.right.append(bool(km[best[name] - sames.starts[name]] <= NEAR_KM))
                self.weight.append(piece.weight * times**0.5)
                self.corpus.append(piece.corpus)

    def learned(self) -> np.ndarray:
        """Return the weights of a logistic regression."""
        traits, right, weight = np.array(self.traits), np.array(self.right), np.array(self.weight)
        sign = np.where(right, 1.0, -1.0)

        def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
            odds = sign * (traits @ weights)
            slope = -weight * sign / (1.0 + np.exp(odds))
            drawn = LONELY_PENALTY * weights * (np.arange(len(weights)) > 0)
            value = weight @ np.logaddexp(0.0, -odds) + 0.5 * drawn @ weights
            return float(value), traits.T @ slope + drawn

        return optimize.minimize(loss, np.zeros(traits.shape[1]), jac=True, method="L-BFGS-B").x

    def report(self, titles: list[str], weights: np.ndarray) -> None:
        """Print how many are right, by how likely that was said to be."""
        trust = 1.0 / (1.0 + np.exp(-np.array(self.traits) @ weights))
        for corpus, title in enumerate(titles):
            bands = []
            for low, high in pairwise((0.0, 0.2, 0.3, 0.5, 0.7, 0.9, 1.1)):
                which = (np.array(self.corpus) == corpus) & (trust >= low) & (trust < high)
                if which.any():
                    bands.append(f"{low}: {np.array(self.right)[which].mean():.2f} of {which.sum()}")
            print(f"{title}, names far from all others, right by trust: {', '.join(bands)}")


class Learner:
    """Learns the weights of both steps, with the functions by which reading applies them."""

    def __init__(self, gazetteer: Gazetteer, columns: dict[int, list[int]], names: list[str]) -> None:
        """Take the names of all weights, and for each corpus which of them its columns are."""
        self.gazetteer, self.columns, self.size = gazetteer, columns, len(names)
        self.expected = np.array([EXPECTED.get(name, 0.0) for name in names])
        # What is said in words is rare in the corpora and all but certain: held to the judgement, or free.
        rare = {"area before": 0.05, "area behind": 20.0}
        self.penalty = np.array([rare.get(name, 1.0) for name in names])

    def learn(self, pieces: list[Piece], *, passes: int = 3) -> tuple[np.ndarray, np.ndarray]:
        """Return the weights for names alone, and for all together by the shares those give."""
        alone = together = None
        for _ in range(2):
            alone = fitted(examples_of(pieces, self.alone), self.penalty, self.expected, alone)
            self.begin(pieces, alone)
        for _ in range(passes):
            together = fitted(examples_of(pieces, self.together), self.penalty, self.expected, together)
            self.rank(pieces, alone, together, rounds=1)
        return alone, together

    def rank(self, pieces: list[Piece], alone: np.ndarray, together: np.ndarray, *, rounds: int) -> None:
        """Weigh all names as reading does."""
        self.begin(pieces, alone)
        for _ in range(rounds):
            self.apply(pieces, together, self.together)

    def begin(self, pieces: list[Piece], alone: np.ndarray) -> None:
        """Weigh names alone, without areas and then with them."""
        for piece in pieces:
            piece.hinted[:, [*range(4), -3, -2, -1]] = 0.0
        self.apply(pieces, alone, self.alone)
        for piece in pieces:
            piece.hear(self.gazetteer)
        self.apply(pieces, alone, self.alone)

    def apply(
        self, pieces: list[Piece], weights: np.ndarray, matrix_of: Callable[[Piece], np.ndarray]
    ) -> None:
        """Set the shares by some weights."""
        for piece in pieces:
            piece.shares = piece.namesakes.shares(matrix_of(piece) @ weights)

    def alone(self, piece: Piece) -> np.ndarray:
        """Return what speaks for each row of a document, but for votes."""
        return self._spread(piece, piece.static, piece.hinted)

    def together(self, piece: Piece) -> np.ndarray:
        """Return what speaks for each row of a document, with votes by the shares so far."""
        piece.hear(self.gazetteer)
        counted = votes.Election(piece.namesakes, piece.counts).counted(piece.shares)
        return self._spread(piece, piece.static, piece.hinted, votes.spread(counted, piece.namesakes.kind))

    def _spread(self, piece: Piece, *parts: np.ndarray) -> np.ndarray:
        matrix = np.concatenate(parts, axis=1)
        wide = np.zeros((len(matrix), self.size))
        wide[:, self.columns[piece.corpus][: matrix.shape[1]]] = matrix
        return wide


@dataclass
class Score:
    """How well places were chosen in one corpus; shares of all mentions annotated with a position."""

    gold: int = 0
    met: int = 0
    """Found, with some place."""
    possible: int = 0
    """Found, and one of the places is right."""
    within_161_km: int = 0
    within_10_km: int = 0
    bands: dict[int, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    """For each tenth of the share: how many, and how many of them within 161 km."""

    def add(self, piece: Piece) -> None:
        """Count a document."""
        self.gold += piece.gold
        for name, km, right, times in piece.aims:
            start = piece.namesakes.starts[name]
            shares = piece.shares[start : start + len(km)]
            best = int(np.argmax(shares))
            self.met += times
            self.within_161_km += times * bool(km[best] <= NEAR_KM)
            self.within_10_km += times * bool(km[best] <= 10.0)
            self.possible += times * bool(right.any())
            band = self.bands[min(9, int(shares[best] * 10))]
            band[0] += times
            band[1] += times * bool(km[best] <= NEAR_KM)

    def __str__(self) -> str:
        names = ("met", "possible", "within_161_km", "within_10_km")
        figures = ", ".join(f"{name} {getattr(self, name) / max(1, self.gold):.3f}" for name in names)
        bands = ", ".join(f"{b / 10}: {ok / n:.2f} of {n}" for b, (n, ok) in sorted(self.bands.items()))
        return f"{self.gold} gold, {figures}; right by share {bands}"


def report_errors(pieces: list[Piece], gazetteer: Gazetteer) -> None:
    """Print each name whose chosen place is far from gold."""
    for piece in pieces:
        for name, km, right, times in piece.aims:
            start = int(piece.namesakes.starts[name])
            shares = piece.shares[start : start + len(km)]
            chosen, best = int(np.argmax(shares)), int(np.argmin(km))
            if km[chosen] > NEAR_KM:
                said = []
                for row in (chosen, best):
                    e = gazetteer.entry_at(int(piece.namesakes.places[start + row]))
                    said.append(
                        f"{e.name} {e.feature_code} {e.country} {e.admin1} {e.population} "
                        f"share {shares[row]:.2f} {km[row]:.0f} km"
                    )
                print(
                    piece.corpus, times, "chosen:", said[0], "| meant:", said[1] if right.any() else "unknown"
                )


def main() -> None:
    """Cross-validate, then learn from everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="+", help="LANGUAGE=FILE.jsonl[~WEIGHT] or LANGUAGE?FILE.jsonl")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--errors", type=int, nargs="*", help="numbers of the corpora to list errors of")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    gazetteer = Gazetteer.open()
    names: list[str] = []
    columns, titles, pieces = {}, [], []
    for corpus, item in enumerate(arguments.data):
        mark = next(char for char in item if char in "=?")
        language, _, rest = item.partition(mark)
        file, _, weight = rest.partition("~")
        own = column_names(language, gazetteer)
        names += [name for name in own if name not in names]
        columns[corpus] = [names.index(name) for name in own]
        titles.append(Path(file).stem)
        documents = [json.loads(line) for line in Path(file).read_text(encoding="utf-8").splitlines()]
        reader = Reader(gazetteer, language, corpus, 0.0 if mark == "?" else float(weight or 1))
        pieces += reader.pieces(documents, arguments.folds)
    learner = Learner(gazetteer, columns, names)
    lonely = LonelyExamples()
    for k in range(arguments.folds):
        held = [p for p in pieces if p.fold == k and p.weight]
        learner.rank(held, *learner.learn([p for p in pieces if p.fold != k and p.weight]), rounds=ROUNDS)
        for piece in held:
            piece.kept = piece.shares
            lonely.add(piece, gazetteer)
    alone, together = learner.learn([p for p in pieces if p.weight])
    learner.rank([p for p in pieces if not p.weight], alone, together, rounds=ROUNDS)
    for corpus, title in enumerate(titles):
        score = Score()
        for piece in pieces:
            if piece.corpus == corpus:
                piece.shares = piece.shares if piece.kept is None else piece.kept
                score.add(piece)
        print(f"{title}: {score}")
    report_errors([p for p in pieces if p.corpus in (arguments.errors or ())], gazetteer)
    trust = lonely.learned()
    lonely.report(titles, trust)
    if arguments.write:
        parts = {
            "alone": dict(zip(names, alone, strict=True)),
            "together": dict(zip(names, together, strict=True)),
            "lonely": dict(zip(LONELY_NAMES, trust, strict=True)),
        }
        write([titles[number] for number in {piece.corpus for piece in pieces if piece.weight}], parts)


def write(titles: list[str], parts: dict[str, dict[str, float]]) -> None:
    """Write the weights for reading."""
    content: dict[str, object] = {"learned_from": sorted(set(titles))}
    for part, weights in parts.items():
        content[part] = {
            name: round(float(weight), 3) for name, weight in weights.items() if abs(weight) >= MIN_WEIGHT
        }
    TARGET.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(TARGET)


if __name__ == "__main__":
    main()
