"""Ids that stand for words: the same in every file, for ever."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from annotator.model import ids


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=4))
def test_the_id_of_words_is_the_uuid_of_version_5(words):
    assert ids.id_of(*words) == str(uuid.uuid5(ids._NAMES, "\n".join(words)))
