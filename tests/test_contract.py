"""What the contract calls places."""

import pytest

from gazetteer.analysis import analyse
from gazetteer.contract import contract_of
from gazetteer.reading.articles import article_from_text


def labels(text, language, gazetteer):
    analysis = analyse([article_from_text(text, source="a.txt")], gazetteer, network=None)
    return {place["name"]: place["label"] for place in contract_of(analysis, language=language)["places"]}


@pytest.mark.parametrize(
    ("text", "language", "name", "label"),
    [
        ("Talks\n\nThe talks in BEIJING ended on Monday, the ministry said.", "en", "Beijing", "Beijing"),
        ("Storm\n\nThe storm hit Utica, N.Y., on Monday, the police said.", "en", "New York", "New York"),
        ("Feier\n\nDas Rathaus von Kirchzarten, Kirchzartens Stolz.", "de", "Kirchzarten", "Kirchzarten"),
        (
            "Feier\n\nIn Freiburg im Breisgau feiern sie. Freiburg feiert gern, sagt man in Freiburg.",
            "de",
            "Freiburg",
            "Freiburg",
        ),
    ],
)
def test_a_place_is_called_by_its_name_written_out(text, language, name, label, gazetteer):
    assert labels(text, language, gazetteer)[name] == label
