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
from dataclasses import dataclass
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
from gazetteer.reading.mentions import Kind
from gazetteer.reading.roles import kind_of
from gazetteer.reading.surroundings import Surroundings
from gazetteer.reading.tokens import Text, Words

LANGUAGES = Path(__file__).parent.parent / "gazetteer" / "reading" / "languages"
MIN_COUNT = 3
FREELY_NAMED = {"headed", "natural", "led"}
COMPANY_TURNS = 2
"""How often the features of company are worked out again from better weights."""


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
    articles: list[Read] = []
    for item in arguments.data:
        mark = next(char for char in item if char in "=~?")
        language, _, file = item.partition(mark)
        file, _, weight = file.partition("~")
        documents = [json.loads(line) for line in Path(file).read_text(encoding="utf-8").splitlines()]
        finder = Finder(gazetteer, Lexicon.of(language))
        first = len(rows)
        for number, document in enumerate(documents):
            start = len(rows)
            here, of_document = rows_of(number, document, finder)
            rows += of_document
            articles.append(Read(slice(start, len(rows)), here, finder))
        for row in rows[first:]:
            row["use"] = mark
            row["weight"] = {"=": 1.0, "?": 0.0}.get(mark, float(weight or 0.3))
        corpora.append((language, Path(file).stem, documents, slice(first, len(rows)), mark))
    odds, weights, vocabulary = learned(rows, articles, arguments.folds, arguments.penalty)
    thresholds: dict[str, float] = {}
    for language, title, documents, part, mark in sorted(corpora, key=lambda c: "=~?".index(c[-1])):
        if mark != "=":
            report(
                title,
                documents,
                rows[part],
                odds[part],
                thresholds[language],
                errors=arguments.errors,
            )
            continue
        tried = {t / 10: score_of(documents, rows[part], odds[part], t / 10)[0] for t in range(-14, 5, 2)}
        # On texts of other kinds names are missed more often than made up: lean towards taking them.
        thresholds[language] = min(t for t in tried if tried[t] > max(tried.values()) - 0.006)
        report(title, documents, rows[part], odds[part], thresholds[language], errors=arguments.errors)
        plain = np.array([1.0 + row["length"] / 100 if row["form"] == "name" else -1.0 for row in rows[part]])
        report(f"{title}, plain gazetteer rule", documents, rows[part], plain, 0.0, errors=False)
    if arguments.write:
        for language, title, _documents, _part, _mark in (c for c in corpora if c[-1] == "="):
            write(language, title, weights, vocabulary, thresholds[language])


@dataclass(frozen=True, slots=True)
class Read:
    """An article's rows and what surrounds them."""

    rows: slice
    here: Surroundings
    finder: Finder


def learned(
    rows: list[dict], articles: list[Read], folds: int, penalty: float
) -> tuple[np.ndarray, np.ndarray, dict[str, int]]:
    """Return the log odds of all rows, each from weights that have not seen its document, and the weights.

    The features of company ask how likely the other names of the article are: by weights of the same
    fold, so that they are no kinder than on a text nobody has read.
    """
    used = [row for row in rows if row["use"] != "?"]
    labels = np.array([row["label"] for row in rows], dtype=float)
    scored = np.array([row["taught"] * row["weight"] for row in rows], dtype=float)
    annotated = np.array([row["use"] == "=" for row in rows])
    fold = np.array([row["document"] * 7919 % folds for row in rows])
    vocabulary = vocabulary_of([row["features"] for row in used])
    alone_matrix = matrix = matrix_of([row["features"] for row in rows], vocabulary)
    whole = vocabulary
    odds = np.zeros(len(rows))
    for turn in range(COMPANY_TURNS + 1):
        alone = np.zeros(len(rows))
        for k in range(folds + 1):
            asked = annotated & (fold == k) if k < folds else ~annotated
            weights = fitted(matrix, labels, scored * ~(asked & annotated), penalty)
            odds[asked] = matrix[asked] @ weights
            alone[asked] = alone_matrix[asked] @ weights[: len(vocabulary)]
        if turn < COMPANY_TURNS:
            company = [flags for article in articles for flags in flags_of_company(article, rows, alone)]
            more = vocabulary_of(
                [flags for flags, row in zip(company, rows, strict=True) if row["use"] != "?"]
            )
            matrix = sparse.hstack([alone_matrix, matrix_of(company, more)], format="csr")
            whole = vocabulary | {feature: len(vocabulary) + i for feature, i in more.items()}
    return odds, fitted(matrix, labels, scored, penalty), whole


def flags_of_company(article: Read, rows: list[dict], odds: np.ndarray) -> list[list[str]]:
    """Return the features of company of an article's rows, given the log odds of each by itself."""
    of_article = rows[article.rows]
    company = Company(
        [(float(odd), row["found"]) for odd, row in zip(odds[article.rows], of_article, strict=True)],
        article.finder.maps,
        article.here,
    )
    return [
        shared(
            company_flags(row["found"], company, article.here, article.finder),
            row["form"][0],
            article.finder.lexicon.language,
        )
        for row in of_article
    ]


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


def rows_of(number: int, document: dict, finder: Finder) -> tuple[Surroundings, list[dict]]:
    """Return one row per candidate: features, label, and the span as annotated."""
    text = Text.of(document["text"])
    words = Words.of(text.plain)
    here = Surroundings.of(text.plain, words, finder.neighbours)
    gold = {(m["start"], m["end"]): m.get("kind") for m in document["mentions"]}
    german = finder.lexicon.language == "de"
    rows = []
    complete = german or document.get("complete")
    groups = overlapping_groups(finder.find(text.plain, words))
    for group in groups:
        for found in group:
            # German compounds are annotated whole, English ones (`Frankfurt-based`) as far as the name goes.
            end = found.container_end if found.form is Form.PART and german else found.end
            span = text.original(found.start, end)
            short = text.original(found.start, found.end)
            label = span in gold or (found.form is Form.PART and short in gold)
            # A corpus that leaves demonyms and parts out says nothing about them, wherever it marks none.
            scored = complete or label or kind_of(found, here) is Kind.TOPONYM
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
                    # Nor does it about rivers and streets that are in no gazetteer, where few are marked.
                    "taught": scored and (complete or label or found.shape not in FREELY_NAMED),
                    "form": found.form.value,
                    "length": found.end - found.start,
                    "features": shared(
                        features_of(found, here, finder, group),
                        found.form.value[0],
                        finder.lexicon.language,
                    ),
                }
            )
    return here, rows


def vocabulary_of(features: list[list[str]]) -> dict[str, int]:
    """Return a column for each feature that is frequent enough to learn from."""
    counts = Counter(feature for of_row in features for feature in of_row)
    return {feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n >= MIN_COUNT))}


def matrix_of(features: list[list[str]], vocabulary: dict[str, int]) -> sparse.csr_matrix:
    """Return the 0/1 matrix of rows by features."""
    pairs = [(i, vocabulary[f]) for i, of_row in enumerate(features) for f in set(of_row) if f in vocabulary]
    i, j = zip(*pairs, strict=True)
    return sparse.csr_matrix((np.ones(len(i)), (i, j)), shape=(len(features), len(vocabulary)))


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
    documents: list[dict], rows: list[dict], odds: np.ndarray, threshold: float
) -> tuple[float, float, float, list, list, Counter]:
    """Return F1, precision, recall, what was wrong, what was missed, and hits by kind; exact spans."""
    by_document: dict[int, list[tuple[float, Found]]] = {}
    span_of, scored_of = {}, {}
    for row, odd in zip(rows, odds, strict=True):
        by_document.setdefault(row["document"], []).append((float(odd), row["found"]))
        span_of[row["document"], row["found"]] = row["span"]
        scored_of[row["document"], row["found"]] = row["scored"]
    right, wrong, missed, kinds = 0, [], [], Counter()
    for number, document in enumerate(documents):
        gold = {(m["start"], m["end"]): m for m in document["mentions"] if not m.get("optional")}
        taken = chosen(agreed(by_document.get(number, [])), threshold=threshold)
        spans = {
            span_of[number, found]: found
            for _odd, found in taken
            if span_of[number, found] in gold or scored_of[number, found]
        }
        forgiven = document.get("ignore", []) + [m for m in document["mentions"] if m.get("optional")]
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


def report(
    title: str,
    documents: list[dict],
    rows: list[dict],
    odds: np.ndarray,
    threshold: float,
    *,
    errors: bool,
) -> None:
    """Print precision, recall and F1."""
    f1, precision, recall, wrong, missed, kinds = score_of(documents, rows, odds, threshold)
    total = Counter(m["kind"] for d in documents for m in d["mentions"] if not m.get("optional"))
    shares = {kind: round(kinds[kind] / n, 3) for kind, n in total.items()}
    print(f"{title}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f} at {threshold}; recall by kind {shares}")
    if errors:
        print("--- wrong", len(wrong))
        print(*wrong, sep="\n")
        print("--- missed", len(missed))
        print(*missed, sep="\n")


if __name__ == "__main__":
    main()
