"""Learn the weights by which it is told what a name stands for: its place, an actor, or part of a body.

    python scripts/train_metonymy.py de=OWN.jsonl en=OWN.jsonl [de~MORE.jsonl] [--folds 5] [--write]

`=` is cross-validated and learned from, `~` is only learned from. Each line of a file is a document: `text`,
`mentions` with `start`, `end` and `kind` (`literal`, `metonymic`, `part`). Names are found and resolved as in
reading; those whose span is annotated are learned from. The weights in the repository come from
`own_articles/learned_{de,en}.jsonl` and, only learned from, `own_articles/learned_actors_{de,en}.jsonl`.

Prints how many are told right in cross-validation over documents, beside the share of the rules for
organisations and governments alone. With `--write`, writes `metonymy.json` into the folders of the languages.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy import optimize, sparse

from gazetteer.places.entries import Feature
from gazetteer.places.index import Gazetteer
from gazetteer.reading.candidates import Form
from gazetteer.reading.detection import detect
from gazetteer.reading.disambiguation import Disambiguator
from gazetteer.reading.finding import Finder
from gazetteer.reading.folders import language_folders
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.mentions import Kind, Reading
from gazetteer.reading.metonymy import Standing
from gazetteer.reading.roles import kind_of, reading_of
from gazetteer.reading.signs import pieces_of, signs_in, sport_in
from gazetteer.reading.tokens import Text, Words
from gazetteer.reading.weighing import Weights

STANDINGS = (Standing.PLACE, Standing.ACTOR, Standing.PART)
OF_KIND = {"literal": 0, "metonymic": 1, "part": 2}
MIN_COUNT = 3
SMALLEST_WEIGHT = 0.05


def main() -> None:
    """Cross-validate, then learn from everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="+", help="LANGUAGE=FILE.jsonl or LANGUAGE~FILE.jsonl")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--penalty", type=float, default=2.0)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    gazetteer = Gazetteer.open()
    rows: dict[str, list[dict[str, Any]]] = {}
    for item in arguments.data:
        mark = next(char for char in item if char in "=~")
        language, _, file = item.partition(mark)
        of_language = rows.setdefault(language, [])
        for number, line in enumerate(Path(file).read_text(encoding="utf-8").splitlines()):
            fold = number % arguments.folds if mark == "=" else -1
            of_language += rows_of(json.loads(line), language, gazetteer, fold)
    for language, of_language in rows.items():
        learn(language, of_language, arguments)


def rows_of(document: dict[str, Any], language: str, gazetteer: Gazetteer, fold: int) -> list[dict[str, Any]]:
    """Return a row for each annotated name that is found: its signs, and what it stands for."""
    finder = Finder(gazetteer, Lexicon.of(language))
    text = Text.of(document["text"])
    detected, here = detect(text.plain, Words.of(text.plain), finder, Weights.of(language))
    choices = Disambiguator.of(gazetteer, language).resolve(detected, here)
    gold = {(m["start"], m["end"]): m["kind"] for m in document["mentions"] if not m.get("optional")}
    sport = sport_in(here)
    rows = []
    for found, choice in zip(detected, choices, strict=True):
        kind = gold.get(text.original(found.start, found.end))
        if kind not in OF_KIND or found.form not in {Form.NAME, Form.UNKNOWN}:
            continue
        within = kind_of(found, here) is Kind.PART
        acts = reading_of(found, Kind.TOPONYM, choice.entry, here) is Reading.ACTOR
        country = choice.entry is not None and choice.entry.feature is Feature.COUNTRY
        rule = 2 if within else int(acts and not country)
        pieces = pieces_of(found, choice.entry, here, sport, acts=acts, within=within)
        signs = [" | ".join(sign) for piece in pieces for sign in signs_in(piece, language)]
        label = 0 if country and OF_KIND[kind] == 1 else OF_KIND[kind]
        rows.append({"fold": fold, "signs": signs, "label": label, "rule": rule})
    return rows


def learn(language: str, rows: list[dict[str, Any]], arguments: argparse.Namespace) -> None:
    """Cross-validate one language, report, and write its weights if asked to."""
    counts = Counter(sign for row in rows for sign in set(row["signs"]))
    vocabulary = {sign: i for i, sign in enumerate(sorted(s for s, n in counts.items() if n >= MIN_COUNT))}
    matrix = matrix_of([row["signs"] for row in rows], vocabulary)
    labels = np.array([row["label"] for row in rows])
    rule = np.array([row["rule"] for row in rows])
    folds = np.array([row["fold"] for row in rows])
    told = np.zeros(len(rows), dtype=int)
    for k in range(arguments.folds):
        asked = folds == k
        weights = fitted(matrix[~asked], labels[~asked], arguments.penalty)
        told[asked] = np.argmax(matrix[asked] @ weights, axis=1)
    tested = folds >= 0
    print(
        f"{language}: {tested.sum()} names, {len(vocabulary)} signs; "
        f"rules {np.mean(rule[tested] == labels[tested]):.4f}, "
        f"learned {np.mean(told[tested] == labels[tested]):.4f}"
    )
    reliable = []
    for i, standing in enumerate(STANDINGS):
        right = np.sum(tested & (told == i) & (labels == i))
        print(
            f"  {standing}: precision {right / max(1, np.sum(tested & (told == i))):.3f}, "
            f"recall {right / max(1, np.sum(tested & (labels == i))):.3f} of {np.sum(tested & (labels == i))}"
        )
        if i and 2 * right > np.sum(tested & (told == i)):
            reliable.append(i)
    if arguments.write:
        write(language, fitted(matrix, labels, arguments.penalty), vocabulary, reliable)


def matrix_of(signs: list[list[str]], vocabulary: dict[str, int]) -> sparse.csr_matrix:
    """Return the matrix of names by signs."""
    pairs = [(i, vocabulary[s]) for i, of_row in enumerate(signs) for s in of_row if s in vocabulary]
    i, j = zip(*pairs, strict=True)
    return sparse.csr_matrix((np.ones(len(i)), (i, j)), shape=(len(signs), len(vocabulary)))


def fitted(matrix: sparse.csr_matrix, labels: np.ndarray, penalty: float) -> np.ndarray:
    """Return the weights of a multinomial logistic regression with a quadratic penalty."""
    wanted = np.eye(len(STANDINGS))[labels]
    transposed = matrix.T.tocsr()
    shape = (matrix.shape[1], len(STANDINGS))

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(shape)
        scores = matrix @ weights
        scores -= scores.max(axis=1, keepdims=True)
        logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        slopes = transposed @ (np.exp(logs) - wanted) + penalty * weights
        return float(-(wanted * logs).sum() + 0.5 * penalty * flat @ flat), slopes.ravel()

    start = np.zeros(shape[0] * shape[1])
    best = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return np.asarray(best.x).reshape(shape)


def write(language: str, weights: np.ndarray, vocabulary: dict[str, int], reliable: list[int]) -> None:
    """Write a language's weights, as log odds against the place, where more is told right than wrong."""
    learned = {}
    for i in reliable:
        against = weights[:, i] - weights[:, 0]
        learned[STANDINGS[i].value] = {
            sign: round(float(against[j]), 2)
            for sign, j in vocabulary.items()
            if abs(against[j]) >= SMALLEST_WEIGHT
        }
    target = Path(str(language_folders()[language])) / "metonymy.json"
    content = {"learned_from": "articles of our own (scripts/own_articles)", "weights": learned}
    target.write_text(
        json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8"
    )
    print(f"{target}: {sum(map(len, learned.values()))} weights")


if __name__ == "__main__":
    main()
