import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.ruler import of_characters, of_pieces, units_of

LENGTH = 40
ranges = st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).map(sorted).map(tuple)
blocks = st.lists(ranges.filter(lambda each: each[0] < each[1]), max_size=3)


@given(blocks, ranges)
def test_characters_that_are_left_out_are_passed_over(left_out, place):
    kept = [at for at in range(LENGTH) if not any(start <= at < end for start, end in left_out)]
    ruler = of_characters(LENGTH, left_out)
    assert ruler.length == len(kept)
    start, end = (int(each[0]) for each in ruler.units(np.array([place[0]]), np.array([place[1]])))
    assert kept[start:end] == [at for at in kept if place[0] <= at < place[1]]
    back = [at for low, high in ruler.characters(start, end) for at in range(low, high)]
    assert back == kept[start:end]


@given(st.lists(st.tuples(blocks, st.lists(ranges, max_size=3)), min_size=1, max_size=3))
def test_many_articles_are_measured_as_each_alone(articles):
    """Also where a label lies in what is left out at the end of a text: else it would lie in the next article."""
    rulers = [of_characters(LENGTH, left_out) for left_out, _ in articles]
    rows = [(place, *each) for place, (_, mine) in enumerate(articles) for each in mine]
    article, start, end = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    together = units_of(rulers, article, start, end)
    alone = [[int(each[0]) for each in rulers[place].units(*np.array([[low], [high]]))] for place, low, high in rows]
    assert np.array(alone, dtype=np.int64).reshape(-1, 2).T.tolist() == [each.tolist() for each in together]


@given(blocks, ranges)
def test_a_token_is_covered_where_a_character_is(left_out, place):
    tokens = [(at, at + 4) for at in range(0, LENGTH, 5)]
    kept = {at for at in range(LENGTH) if not any(start <= at < end for start, end in left_out)}
    known = [token for token in tokens if kept & set(range(*token))]
    ruler = of_pieces(tokens, LENGTH, left_out)
    assert ruler.length == len(known)
    start, end = (int(each[0]) for each in ruler.units(np.array([place[0]]), np.array([place[1]])))
    expected = [token for token in known if token[0] < place[1] and place[0] < token[1]]
    assert known[start:end] == (expected if place[0] < place[1] else [])


@pytest.mark.parametrize("text", [0, 1])
def test_nothing_has_no_units(text):
    assert of_characters(text, [(0, 5)]).length == 0
    assert of_characters(text, [(7, 9), (12, 14)]).length == text
    assert of_pieces([], text, []).length == 0
