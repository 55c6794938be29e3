"""The text cut into runs."""

from dashboard.passages import paragraphs, passage


def test_the_runs_joined_are_the_text(catalogue):
    for article in catalogue.analysis.articles:
        lines = paragraphs(catalogue, article.id)

        assert "\n".join("".join(run[0] for run in line) for line in lines) == article.text


def test_every_mention_with_a_place_is_a_run(catalogue):
    runs = [run for line in paragraphs(catalogue, "eins") for run in line if run[1] >= 0]

    assert [run[0] for run in runs] == ["Hamm", "Unna", "Hamm", "Unna", "Hamm", "Berlin"]
    assert [catalogue.resolutions[run[1]].mention.surface for run in runs] == [run[0] for run in runs]


def test_the_runs_of_a_claim_joined_are_its_quote(catalogue):
    runs = [run for line in paragraphs(catalogue, "eins") for run in line if 0 in run[2]]

    assert "".join(run[0] for run in runs) == catalogue.claim(0).quote


def test_a_mention_without_a_place_is_plain_text(catalogue):
    first = paragraphs(catalogue, "zwei")[0]

    assert [(run[0], run[1]) for run in first] == [("Fidschi", -1)]


def test_a_passage_is_the_sentence_around_the_words(catalogue):
    found = passage(catalogue, catalogue.resolutions[5].mention.span)

    assert found["parts"] == ["", "Berlin", " schweigt."]
