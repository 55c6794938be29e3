"""Learn the weights by which it is told at which places of an article a traveller was.

    python scripts/train_events.py FILE.txt... [--golden CASES.json] [--ordinary NEWS.jsonl...]
        [--folds 5] [--penalty 20] [--write]

The files hold articles with their places marked (`own_journeys/README.md`); the language is told by the
name, such as `learned_de_1.txt`. The cases of `--golden` are learned from as well, and never asked: in them
the rules are right, so that what they say counts where a text is as plain. The texts of `--ordinary` are news
of all kinds (`own_articles/learned_*.jsonl`): a place that no rule tells of is learned as one where nobody
travels, at a third of the weight, so that the weights know such news as well.

Prints how many events of journeys are told right in cross-validation over articles, beside those of the rules
alone. With `--write`, writes `events.json` into the folders of the languages.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from journey_texts import MarkedArticle, Tally, count, marked_articles, resolutions_of
from scipy import optimize, sparse

from gazetteer.journeys import reports, visits
from gazetteer.journeys.circumstances import Circumstances, Named, named_in
from gazetteer.journeys.clauses import clauses_of
from gazetteer.journeys.indications import signs_in
from gazetteer.journeys.journey import Certainty, EventKind
from gazetteer.journeys.reports import Report, reports_of
from gazetteer.journeys.travellers import cast_of
from gazetteer.journeys.verdicts import verdicts_of
from gazetteer.journeys.visits import VisitWeights
from gazetteer.journeys.vocabulary import vocabulary_of
from gazetteer.places.index import Gazetteer
from gazetteer.reading.articles import article_from_text
from gazetteer.reading.folders import language_folders
from gazetteer.reading.reader import ArticleReading, read_article

STATUSES = ("made", "planned", "denied")
KINDS = ("stop", "dep", "arr")
MIN_COUNT = 4
SMALLEST_WEIGHT = 0.05
OF_ORDINARY = 0.3
"""What a place of ordinary news counts: some are of journeys that no rule tells of."""
MOST_OF_ONE = 2
"""A sign that stands more often around a place counts no more than this."""


@dataclass(frozen=True, slots=True)
class Row:
    """One place: its signs, and what it is marked as."""

    article: str
    language: str
    signs: tuple[str, ...]
    status: str
    kind: str
    weight: float = 1.0


def main() -> None:
    """Cross-validate, then learn from everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--golden", type=Path)
    parser.add_argument("--ordinary", nargs="*", type=Path, default=[])
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--penalty", type=float, default=20.0)
    parser.add_argument("--told-from", type=float, default=0.8)
    parser.add_argument("--doubted-below", type=float, default=0.3)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    gazetteer = Gazetteer.open()
    asked = list(_articles(arguments.files))
    more = list(golden_rows(arguments.golden, gazetteer)) if arguments.golden else []
    for path in arguments.ordinary:
        more += ordinary_rows(path, gazetteer)
    rows = [rows_of(one, gazetteer) for one in asked]
    if arguments.folds:
        cross_validate(asked, rows, more, gazetteer, arguments)
    if arguments.write:
        learned = learn([row for of_one in rows for row in of_one] + more, arguments)
        for weights in learned.values():
            write(weights)


def _articles(files: Sequence[Path]) -> Iterator[MarkedArticle]:
    for path in files:
        yield from marked_articles(path, path.stem.partition("_")[2][:2])


def rows_of(one: MarkedArticle, gazetteer: Gazetteer) -> list[Row]:
    """Return a row for each place that is found; one that nobody marked is no place of a journey."""
    reading = read_article(one.article, gazetteer)
    marks = {r.mention.span.start: mark for mark, r in resolutions_of(one, reading).items()}

    def told(named: Named, _: Sequence[Report]) -> tuple[str, str]:
        mark = marks.get(named.resolution.mention.span.start)
        return (mark.status, mark.kind) if mark is not None else ("none", "no")

    return list(_rows(reading, gazetteer, told))


def golden_rows(path: Path, gazetteer: Gazetteer) -> Iterator[Row]:
    """Yield a row for each place of the golden cases, marked as the rules tell it."""

    def told(named: Named, ruled: Sequence[Report]) -> tuple[str, str]:
        sentence = named.resolution.mention.span
        here = [
            report
            for report in ruled
            if report.sentence.holds(sentence)
            and report.place.entry is not None
            and report.place.entry.id == named.entry.id
            and report.certainty is not Certainty.SPECULATED
        ]
        if not here:
            return "none", "no"
        kinds = {EventKind.DEPARTURE: "dep", EventKind.ARRIVAL: "arr"}
        denied = here[0].certainty is Certainty.DENIED
        made = here[0].certainty in {Certainty.REPORTED, Certainty.EYEWITNESS}
        return "denied" if denied else "made" if made else "planned", kinds.get(here[0].kind, "stop")

    for number, case in enumerate(json.loads(path.read_text(encoding="utf-8"))):
        for text in case["articles"]:
            article = article_from_text(text, source=f"golden-{number}")
            yield from _rows(read_article(article, gazetteer), gazetteer, told)


def ordinary_rows(path: Path, gazetteer: Gazetteer) -> Iterator[Row]:
    """Yield a row for each place of ordinary news that no rule tells of, as one where nobody travels."""
    language = path.stem.partition("_")[2][:2]
    for line in path.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        article = article_from_text(document["text"], source=document["id"])
        if article.language != language:
            continue
        reading = read_article(article, gazetteer)
        for row in _rows(reading, gazetteer, _nobody):
            if not any(s.startswith("rules ") and s.endswith(" told") for s in row.signs):
                yield replace(row, weight=OF_ORDINARY)


def _nobody(_named: Named, _ruled: Sequence[Report]) -> tuple[str, str]:
    return "none", "no"


def _rows(
    reading: ArticleReading,
    gazetteer: Gazetteer,
    told: Callable[[Named, Sequence[Report]], tuple[str, str]],
) -> Iterator[Row]:
    language = reading.article.language
    vocabulary = vocabulary_of(language)
    if vocabulary is None:
        return
    cast, sentences = cast_of([reading]), clauses_of(reading)
    with patch.object(reports, "weights_of", lambda _: None):
        ruled = reports_of(reading, cast, sentences, gazetteer)
    verdicts = verdicts_of(reading, sentences, ruled, vocabulary, gazetteer)
    circumstances = Circumstances(reading, sentences, cast, vocabulary, verdicts)
    for named in named_in(sentences):
        pieces = circumstances.pieces_of(named)
        signs = tuple(sign for piece in pieces for sign in signs_in(piece, language))
        yield Row(reading.article.id, language, signs, *told(named, ruled))


def cross_validate(
    asked: Sequence[MarkedArticle],
    rows: Sequence[Sequence[Row]],
    more: Sequence[Row],
    gazetteer: Gazetteer,
    arguments: argparse.Namespace,
) -> None:
    """Learn from all articles but a share, and count the events told of that share."""
    ruled: dict[str, Tally] = {}
    told: dict[str, Tally] = {}
    for fold in range(arguments.folds):
        others = [row for n, of_one in enumerate(rows) if n % arguments.folds != fold for row in of_one]
        weights = learn([*others, *more], arguments)
        for one in asked[fold :: arguments.folds]:
            language = one.article.language
            with patch.object(reports, "weights_of", lambda _: None):
                count([one], gazetteer, ruled.setdefault(language, Tally()))
            with patch.object(reports, "weights_of", weights.get):
                count([one], gazetteer, told.setdefault(language, Tally()))
    for language in sorted(told):
        if arguments.list:
            print("\n".join(told[language].lines))
        print(f"{language} rules:   {ruled[language]}")
        print(f"{language} learned: {told[language]}")


def learn(rows: Sequence[Row], arguments: argparse.Namespace) -> dict[str, VisitWeights]:
    """Return the weights of each language, learned together.

    A sign counts for its language, and once more for all, so that what prepositions and tables tell in one
    language helps in another.
    """
    signs = [
        [*(f"{row.language} {s}" for s in row.signs), *(f"* {s}" for s in row.signs if _is_shared(s))]
        for row in rows
    ]
    counts = Counter(sign for of_row in signs for sign in set(of_row))
    known = {sign: n for n, sign in enumerate(sorted(s for s, k in counts.items() if k >= MIN_COUNT))}
    matrix = matrix_of(signs, known)
    events = np.array([row.status in STATUSES for row in rows])
    status = np.array([STATUSES.index(row.status) for row in rows if row.status in STATUSES])
    kind = np.array([KINDS.index(row.kind) for row in rows if row.status in STATUSES])
    penalty = arguments.penalty
    counted = np.array([row.weight for row in rows])
    columns = [fitted(matrix, events.astype(int), 2, penalty, counted)]
    columns += [fitted(matrix[events], labels, 3, penalty, counted[events]) for labels in (status, kind)]
    weights = np.concatenate([w[:, 1:] - w[:, :1] for w in columns], axis=1)
    learned = {}
    for language in sorted({row.language for row in rows}):
        of_sign: dict[str, tuple[float, ...]] = {}
        for sign in {s.partition(" ")[2] for s in known}:
            total = sum(
                (weights[known[key]] for key in (f"{language} {sign}", f"* {sign}") if key in known),
                start=np.zeros(weights.shape[1]),
            )
            if np.abs(total).max() >= SMALLEST_WEIGHT:
                of_sign[sign] = tuple(round(float(w), 2) for w in total)
        learned[language] = VisitWeights(language, of_sign, arguments.told_from, arguments.doubted_below)  # type: ignore[arg-type]
    return learned


def _is_shared(sign: str) -> bool:
    return " in " in sign or sign.partition(" ")[0] in {
        *(
            "bias",
            "kind",
            "reading",
            "role",
            "listed",
            "marks",
            "mark",
            "at",
            "time",
            "company",
            "count",
            "seen",
        ),
        *("places", "part", "hits", "vehicles", "verdicts", "travellers", "rules", "speech", "mood"),
    }


def matrix_of(signs: Sequence[Sequence[str]], known: dict[str, int]) -> sparse.csr_matrix:
    """Return the matrix of places by signs."""
    entries = [
        (row, known[sign], min(times, MOST_OF_ONE))
        for row, of_row in enumerate(signs)
        for sign, times in Counter(of_row).items()
        if sign in known
    ]
    i, j, times = zip(*entries, strict=True)
    return sparse.csr_matrix((times, (i, j)), shape=(len(signs), len(known)), dtype=float)


def fitted(
    matrix: sparse.csr_matrix, labels: np.ndarray, classes: int, penalty: float, counted: np.ndarray
) -> np.ndarray:
    """Return the weights of a multinomial logistic regression with a quadratic penalty."""
    wanted, counted = np.eye(classes)[labels], counted[:, None]
    transposed = matrix.T.tocsr()
    shape = (matrix.shape[1], classes)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(shape)
        scores = matrix @ weights
        scores -= scores.max(axis=1, keepdims=True)
        logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        slopes = transposed @ (counted * (np.exp(logs) - wanted)) + penalty * weights
        return float(-(counted * wanted * logs).sum() + 0.5 * penalty * flat @ flat), slopes.ravel()

    start = np.zeros(shape[0] * shape[1])
    best = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 100})
    return np.asarray(best.x).reshape(shape)


def write(weights: VisitWeights) -> None:
    """Write a language's weights, as log odds in the order of `visits.ODDS`."""
    target = Path(str(language_folders()[weights.language])) / "events.json"
    content: dict[str, Any] = {
        "learned_from": "articles of our own (scripts/own_journeys)",
        "hundredths_of": visits.ODDS,
        "told_from": weights.told_from,
        "doubted_below": weights.doubted_below,
    }
    rows = [
        f"{json.dumps(sign, ensure_ascii=False)}: {json.dumps(row, separators=(',', ':'))}"
        for sign, of_sign in sorted(weights.of_sign.items())
        for row in [[round(100 * weight) for weight in of_sign]]
    ]
    head = json.dumps(content, ensure_ascii=False, indent=0)
    target.write_text(
        head.rstrip("}\n") + ',\n"weights": {\n' + ",\n".join(rows) + "\n}\n}\n", encoding="utf-8"
    )
    print(f"{target}: {len(weights.of_sign)} signs, {target.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
