"""The nearest report of an article, against looking at every one of them."""

from hypothesis import given
from hypothesis import strategies as st

from gazetteer.journeys.nearness import NearestReports

REPORTS = st.lists(
    st.tuples(st.sampled_from("ab"), st.integers(0, 9), st.integers(0, 4), st.booleans()), max_size=12
)


@given(reports=REPORTS, at=st.integers(0, 9), firm=st.booleans())
def test_the_nearest_of_the_same_firmness_comes_first(
    reports: list[tuple[str, int, int, bool]], at: int, *, firm: bool
) -> None:
    told = NearestReports()
    for article, there, group, is_firm in reports:
        told.add(article, there, group, firm=is_firm)
    every = [
        (is_firm != firm, abs(there - at), group)
        for article, there, group, is_firm in reports
        if article == "a"
    ]
    assert told.nearest("a", at, firm=firm) == (min(every)[2] if every else None)
