"""Learn the weights of the evidence for place names from annotated text.

    python scripts/train_detection.py de=GERMEVAL.jsonl en=GEOVIRUS.jsonl [de~MADE-UP.jsonl] [en?TEST.jsonl]
        [--folds 5] [--write]

`=` is cross-validated and learned from, `~` is learned from with less weight (`en~FILE.jsonl~0.3`; see
`make_local_news.py`), `?` is only scored.

Each line of a file is a document: `text` and `mentions` with `start`, `end` and `kind` (`literal`,
`derived`, `part`); parts are annotated as whole compounds. The weights in the repository come from the
development part of GermEval 2014 (NoSta-D, CC BY 4.0), from GeoVirus (Gritta et al.) and from 400 made-up
articles a language, weighted 0.03 (German) and 0.2 (English): fewer lose small towns, more lose world news.

Prints precision, recall and F1 by cross-validation over documents, beside those of the plain rule
"what is in the gazetteer is a place". With `--write`, writes `languages/*/detection.json`. Languages and
forms are learned together: what holds for all of them is shared, the penalty keeps the rest small.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
from scipy import optimize, sparse

from gazetteer.places.index import Gazetteer
from gazetteer.reading.candidates import Form, Found
from gazetteer.reading.company import Company
from gazetteer.reading.detection import agreed, chosen, overlapping_groups
from gazetteer.reading.evidence import company_flags, features_of
from gazetteer.reading.finding import Finder
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.surroundings import Surroundings
from gazetteer.reading.tokens import Text, Words
from gazetteer.reading.weighing import Weights

LANGUAGES = Path(__file__).parent.parent / "gazetteer" / "reading" / "languages"
MIN_COUNT = 3


def main() -> None:
    """Cross-validate, then learn from everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "data", nargs="+", help="LANGUAGE=FILE.jsonl, LANGUAGE~FILE.jsonl or LANGUAGE?FILE.jsonl"
    )
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--penalty", type=float, default=1.0)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    gazetteer = open_gazetteer()
    corpora = []
    rows: list[dict] = []
    for item in arguments.data:
        mark = next(char for char in item if char in "=~?")
        language, _, file = item.partition(mark)
        file, _, weight = file.partition("~")
        documents = [json.loads(line) for line in Path(file).read_text(encoding="utf-8").splitlines()]
        finder = Finder(gazetteer, Lexicon.of(language))
        first = len(rows)
        rows += [
            row for number, document in enumerate(documents) for row in rows_of(number, document, finder)
        ]
        for row in rows[first:]:
            row["use"] = mark
            row["weight"] = {"=": 1.0, "?": 0.0}.get(mark, float(weight or 0.3))
        corpora.append((language, Path(file).stem, documents, slice(first, len(rows)), mark))
    counts = Counter(feature for row in rows for feature in row["features"])
    vocabulary = {
        feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n >= MIN_COUNT))
    }
    matrix = matrix_of(rows, vocabulary)
    labels = np.array([row["label"] for row in rows], dtype=float)
    scored = np.array([row["scored"] * row["weight"] for row in rows], dtype=float)
    annotated = np.array([row["use"] == "=" for row in rows])
    fold = np.array([row["document"] * 7919 % arguments.folds for row in rows])
    odds = np.zeros(len(rows))
    for k in range(arguments.folds):
        learned = scored * ~(annotated & (fold == k))
        weights = fitted(matrix, labels, learned, arguments.penalty)
        odds[annotated & (fold == k)] = matrix[annotated & (fold == k)] @ weights
    odds[~annotated] = matrix[~annotated] @ fitted(matrix, labels, scored, arguments.penalty)
    thresholds: dict[str, float] = {}
    for language, title, documents, part, mark in sorted(corpora, key=lambda c: "=~?".index(c[-1])):
        if mark != "=":
            report(
                title,
                documents,
                rows[part],
                odds[part],
                language,
                thresholds[language],
                errors=arguments.errors,
            )
            continue
        tried = {
            t / 10: score_of(documents, rows[part], odds[part], language, t / 10)[0] for t in range(-12, 1, 2)
        }
        thresholds[language] = max(t for t in tried if tried[t] > max(tried.values()) - 0.002)
        report(
            title, documents, rows[part], odds[part], language, thresholds[language], errors=arguments.errors
        )
        plain = np.array([1.0 + row["length"] / 100 if row["form"] == "name" else -1.0 for row in rows[part]])
        report(f"{title}, plain gazetteer rule", documents, rows[part], plain, language, 0.0, errors=False)
    if arguments.write:
        weights = fitted(matrix, labels, scored, arguments.penalty)
        for language, title, _documents, _part, _mark in (c for c in corpora if c[-1] == "="):
            write(language, title, weights, vocabulary, thresholds[language])


def write(
    language: str, title: str, weights: np.ndarray, vocabulary: dict[str, int], threshold: float
) -> None:
    """Write a language's weights: what all languages and forms share is added in."""
    forms = [form.value[0] for form in Form]
    learned: dict[str, float] = {}
    names = {feature.split("|", 1)[1].split(" ", 1)[1] for feature in vocabulary}
    for form in forms:
        for name in names:
            keys = (f"{language}|{form} {name}", f"*|{form} {name}", f"*|* {name}")
            total = sum(float(weights[vocabulary[key]]) for key in keys if key in vocabulary)
            if abs(total) >= 0.01:
                learned[f"{form} {name}"] = round(total, 3)
    target = LANGUAGES / language / "detection.json"
    content = {"learned_from": title, "threshold": threshold, "weights": learned}
    target.write_text(
        json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8"
    )
    print(f"{target}: {len(learned)} weights, threshold {threshold}")


def open_gazetteer() -> Gazetteer:
    """Open the compiled gazetteer."""
    return Gazetteer.open()


def rows_of(number: int, document: dict, finder: Finder) -> list[dict]:
    """Return one row per candidate: features, label, and the span as annotated."""
    text = Text.of(document["text"])
    words = Words.of(text.plain)
    here = Surroundings.of(text.plain, words, finder.neighbours)
    gold = {(m["start"], m["end"]): m.get("kind") for m in document["mentions"]}
    german = finder.lexicon.language == "de"
    rows = []
    complete = german or document.get("complete")
    groups = overlapping_groups(finder.find(text.plain, words))
    weights = Weights.of(finder.lexicon.language)
    company = Company(
        [(weights.log_odds(found, here, finder, group), found) for group in groups for found in group],
        finder.maps,
    )
    for group in groups:
        for found in group:
            end = found.container_end if found.form is Form.PART else found.end
            span = text.original(found.start, end)
            short = text.original(found.start, found.end)
            label = span in gold or (found.form is Form.PART and short in gold)
            # A corpus that leaves demonyms and parts out says nothing about them.
            scored = complete or found.form in {Form.NAME, Form.UNKNOWN}
            scored = scored and (
                label
                or not any(i["start"] < span[1] and span[0] < i["end"] for i in document.get("ignore", ()))
            )
            rows.append(
                {
                    "document": number,
                    "span": span,
                    "found": found,
                    "label": label,
                    "scored": scored,
                    "form": found.form.value,
                    "length": found.end - found.start,
                    "features": shared(
                        features_of(found, here, finder, group) + company_flags(found, company, here, finder),
                        found.form.value[0],
                        finder.lexicon.language,
                    ),
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


def shared(features: list[str], form: str, language: str) -> list[str]:
    """Return each feature thrice: of the language and form, of the form, and of all candidates."""
    return [
        variant
        for feature in features
        for variant in (f"{language}|{form} {feature}", f"*|{form} {feature}", f"*|* {feature}")
    ]


def score_of(
    documents: list[dict], rows: list[dict], odds: np.ndarray, language: str, threshold: float
) -> tuple[float, float, float, list, list, Counter]:
    """Return F1, precision, recall, what was wrong, what was missed, and hits by kind; exact spans."""
    by_document: dict[int, list[tuple[float, Found]]] = {}
    span_of = {}
    for row, odd in zip(rows, odds, strict=True):
        by_document.setdefault(row["document"], []).append((float(odd), row["found"]))
        span_of[row["document"], row["found"]] = row["span"]
    right, wrong, missed, kinds = 0, [], [], Counter()
    for number, document in enumerate(documents):
        gold = {(m["start"], m["end"]): m for m in document["mentions"]}
        taken = chosen(agreed(by_document.get(number, [])), threshold=threshold)
        spans = {
            span_of[number, found]: found
            for _odd, found in taken
            if language == "de" or document.get("complete") or found.form not in {Form.DEMONYM, Form.PART}
        }
        forgiven = document.get("ignore", [])
        right += len(gold.keys() & spans.keys())
        kinds.update(gold[span]["kind"] for span in gold.keys() & spans.keys())
        wrong += [
            (in_context(document["text"], span), found.form.value, found.shape)
            for span, found in spans.items()
            if span not in gold and not any(s["start"] < span[1] and span[0] < s["end"] for s in forgiven)
        ]
        missed += [
            (in_context(document["text"], span), m["kind"]) for span, m in gold.items() if span not in spans
        ]
    precision, recall = right / max(1, right + len(wrong)), right / max(1, right + len(missed))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f1, precision, recall, wrong, missed, kinds


def in_context(text: str, span: tuple[int, int]) -> str:
    """Return a span in brackets among its neighbours."""
    start, end = span
    return f"{text[max(0, start - 25) : start]}[{text[start:end]}]{text[end : end + 15]}"


def report(  # noqa: PLR0917
    title: str,
    documents: list[dict],
    rows: list[dict],
    odds: np.ndarray,
    language: str,
    threshold: float,
    *,
    errors: bool,
) -> None:
    """Print precision, recall and F1."""
    f1, precision, recall, wrong, missed, kinds = score_of(documents, rows, odds, language, threshold)
    total = Counter(m["kind"] for d in documents for m in d["mentions"])
    shares = {kind: round(kinds[kind] / n, 3) for kind, n in total.items()}
    print(f"{title}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f} at {threshold}; recall by kind {shares}")
    if errors:
        print("--- wrong", len(wrong))
        print(*wrong, sep="\n")
        print("--- missed", len(missed))
        print(*missed, sep="\n")


if __name__ == "__main__":
    main()
