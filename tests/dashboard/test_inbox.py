"""Articles that come in."""

from pathlib import Path

from dashboard import inbox


def test_a_bad_file_is_reported_by_its_name_and_the_good_one_is_kept():
    delivery = inbox.uploaded([("gut.txt", b"Hamm\n\nText"), ("kaputt.txt", b"\x00\x01\x02\x03")])

    assert [article.source for article in delivery.articles] == ["gut.txt"]
    assert len(delivery.complaints) == 1
    assert delivery.complaints[0].en.startswith("kaputt.txt")


def test_an_upload_keeps_any_name_it_has():
    name = "<img src=x onerror=alert(1)>.txt"

    (article,) = inbox.uploaded([(name, b"Hamm und Unna")]).articles

    assert article.source == name


def test_of_two_articles_with_one_id_the_second_is_numbered():
    one = inbox.uploaded([("a.txt", b"one text"), ("a.txt", b"another text")]).articles

    assert [article.id for article in inbox.gathered(one, ())] == ["a", "a-2"]


def test_a_text_that_is_there_already_is_not_added_again():
    one = inbox.uploaded([("a.txt", b"one text")]).articles
    again = inbox.uploaded([("b.txt", b"one text"), ("c.txt", b"another text")]).articles

    assert [article.id for article in inbox.gathered(one, again)] == ["a", "c"]


def test_an_empty_paste_is_a_complaint():
    delivery = inbox.pasted("  \n", name="pasted.txt")

    assert (delivery.articles, len(delivery.complaints)) == ((), 1)


def test_a_missing_path_loses_nothing_else(tmp_path: Path):
    good = tmp_path / "gut.txt"
    good.write_text("Hamm und Unna", encoding="utf-8")

    delivery = inbox.standing((good, tmp_path / "fehlt.txt"))

    assert [article.id for article in delivery.articles] == ["gut"]
    assert "fehlt.txt" in delivery.complaints[0].de
