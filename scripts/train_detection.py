"""Learn the weights of the evidence for place names from annotated text.

    python scripts/train_detection.py LANGUAGE FILE.jsonl... [--folds 5] [--write]

Each line of a file is a document: `text` and `mentions` with `start`, `end` and `kind` (`literal`,
`derived`, `part`); parts are annotated as whole compounds. The weights in the repository come from the
development part of GermEval 2014 (NoSta-D, CC BY 4.0) and from GeoVirus (Gritta et al.).

Prints precision, recall and F1 by cross-validation over documents, beside those of the plain rule
"what is in the gazetteer is a place". With `--write`, writes `languages/LANGUAGE/detection.json`.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from pathlib import Path

import numpy as np
from scipy import optimize, sparse

from gazetteer.places.index import Gazetteer
from gazetteer.reading.detection import chosen, overlapping_groups
from gazetteer.reading.evidence import Surroundings, features_of
from gazetteer.reading.finding import Finder, Form
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.tokens import Text, Words

LANGUAGES = Path(__file__).parent.parent / "gazetteer" / "reading" / "languages"
MIN_COUNT = 3


def main() -> None:
    """Cross-validate, then learn from everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--penalty", type=float, default=1.0)
    parser.add_argument("--threshold", type=float, default=0.0)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    documents = [
        json.loads(line) for file in arguments.files for line in file.read_text(encoding="utf-8").splitlines()
    ]
    finder = Finder(open_gazetteer(), Lexicon.of(arguments.language))
    rows = [row for number, document in enumerate(documents) for row in rows_of(number, document, finder)]
    counts = Counter(feature for row in rows for feature in row["features"])
    vocabulary = {
        feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n >= MIN_COUNT))
    }
    matrix = matrix_of(rows, vocabulary)
    labels = np.array([row["label"] for row in rows], dtype=float)
    scored = np.array([row["scored"] for row in rows], dtype=float)
    fold = np.array([row["document"] * 7919 % arguments.folds for row in rows])
    odds = np.zeros(len(rows))
    for k in range(arguments.folds):
        weights = fitted(matrix[fold != k], labels[fold != k], scored[fold != k], arguments.penalty)
        odds[fold == k] = matrix[fold == k] @ weights
    report("learned, cross-validated", documents, rows, odds, arguments)
    plain = np.array([1.0 + row["length"] / 100 if row["form"] == "name" else -1.0 for row in rows])
    report("plain gazetteer rule", documents, rows, plain, arguments, quiet=True)
    weights = fitted(matrix, labels, scored, arguments.penalty)
    if arguments.write:
        rounded = {f: round(float(weights[i]), 3) for f, i in vocabulary.items() if abs(weights[i]) >= 0.005}
        target = LANGUAGES / arguments.language / "detection.json"
        sources = [file.stem for file in arguments.files]
        target.write_text(
            json.dumps(
                {"learned_from": sources, "threshold": arguments.threshold, "weights": rounded},
                ensure_ascii=False,
                indent=0,
                sort_keys=True,
            )
            + "\n",
            encoding="utf-8",
        )
        print(f"{target}: {len(rounded)} weights")


def open_gazetteer() -> Gazetteer:
    """Open the compiled gazetteer."""
    return Gazetteer.open()


def rows_of(number: int, document: dict, finder: Finder) -> list[dict]:
    """Return one row per candidate: features, label, and the span as annotated."""
    text = Text.of(document["text"])
    words = Words.of(text.plain)
    here = Surroundings.of(text.plain, words, finder)
    gold = {(m["start"], m["end"]): m.get("kind") for m in document["mentions"]}
    nested = [(m["start"], m["end"]) for m in document["mentions"]]
    german = finder.lexicon.language == "de"
    rows = []
    for group in overlapping_groups(finder.find(text.plain, words)):
        for found in group:
            end = found.container_end if found.form is Form.PART else found.end
            span = text.original(found.start, end)
            short = text.original(found.start, found.end)
            label = span in gold or (found.form is Form.PART and short in gold)
            # A corpus that leaves demonyms and parts out says nothing about them.
            scored = german or found.form in {Form.NAME, Form.UNKNOWN}
            rows.append(
                {
                    "document": number,
                    "span": span,
                    "found": found,
                    "label": label,
                    "scored": scored,
                    "form": found.form.value,
                    "length": found.end - found.start,
                    "features": features_of(found, here, finder, group),
                }
            )
    return rows


def matrix_of(rows: list[dict], vocabulary: dict[str, int]) -> sparse.csr_matrix:
    """Return the 0/1 matrix of rows by features."""
    pairs = [
        (i, vocabulary[f]) for i, row in enumerate(rows) for f in set(row["features"]) if f in vocabulary
    ]
    i, j = zip(*pairs, strict=True)
    return sparse.csr_matrix((np.ones(len(i)), (i, j)), shape=(len(rows), len(vocabulary)))


def fitted(
    matrix: sparse.csr_matrix, labels: np.ndarray, importance: np.ndarray, penalty: float
) -> np.ndarray:
    """Return the weights of a logistic regression with a quadratic penalty."""
    signs = 2.0 * labels - 1.0

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margins = signs * (matrix @ weights)
        losses = np.logaddexp(0.0, -margins)
        slopes = -signs * importance / (1.0 + np.exp(np.clip(margins, -30, 30)))
        return float(
            importance @ losses + 0.5 * penalty * weights @ weights
        ), matrix.T @ slopes + penalty * weights

    return optimize.minimize(
        loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300}
    ).x


def report(
    title: str,
    documents: list[dict],
    rows: list[dict],
    odds: np.ndarray,
    arguments: argparse.Namespace,
    *,
    quiet: bool = False,
) -> None:
    """Print precision, recall and F1 over spans, exact."""
    by_document: dict[int, list[tuple[float, object]]] = {}
    span_of = {}
    for row, odd in zip(rows, odds, strict=True):
        by_document.setdefault(row["document"], []).append((float(odd), row["found"]))
        span_of[row["document"], row["found"]] = row["span"]
    right, wrong, missed, kinds = 0, [], [], Counter()
    for number, document in enumerate(documents):
        gold = {(m["start"], m["end"]): m for m in document["mentions"]}
        taken = chosen(by_document.get(number, []), threshold=arguments.threshold)
        spans = {}
        for _odd, found in taken:
            if arguments.language != "de" and found.form in {Form.DEMONYM, Form.PART}:
                continue
            spans[span_of[number, found]] = found
        forgiven = document.get("ignore", [])
        right += len(gold.keys() & spans.keys())
        for span in gold.keys() & spans.keys():
            kinds[gold[span]["kind"]] += 1
        for span, found in spans.items():
            if span not in gold and not any(s["start"] < span[1] and span[0] < s["end"] for s in forgiven):
                wrong.append(
                    (
                        document["text"][max(0, span[0] - 25) : span[0]]
                        + "["
                        + document["text"][span[0] : span[1]]
                        + "]"
                        + document["text"][span[1] : span[1] + 15],
                        found.form.value,
                        found.shape,
                    )
                )
        missed += [
            (
                document["text"][max(0, s - 25) : s]
                + "["
                + document["text"][s:e]
                + "]"
                + document["text"][e : e + 15],
                m["kind"],
            )
            for (s, e), m in gold.items()
            if (s, e) not in spans
        ]
    precision, recall = right / max(1, right + len(wrong)), right / max(1, right + len(missed))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    total = Counter(m["kind"] for d in documents for m in d["mentions"])
    shares = {kind: round(kinds[kind] / n, 3) for kind, n in total.items()}
    print(f"{title}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}; recall by kind {shares}")
    if arguments.errors and not quiet:
        print("--- wrong", len(wrong))
        print(*wrong, sep="\n")
        print("--- missed", len(missed))
        print(*missed, sep="\n")


if __name__ == "__main__":
    main()
