"""Keys of batches, held as one text, are what they were one by one."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from xiangji.render.outputs import BatchKeys

KEYS = st.lists(st.text("aB0/-批 \n", min_size=1), max_size=6)


@given(KEYS, st.integers(-7, 7), st.slices(6))
def test_keys_are_a_sequence_of_texts(keys: list[str], at: int, some: slice) -> None:
    held = BatchKeys(keys)
    assert [*held] == keys and len(held) == len(keys)
    assert held[some] == BatchKeys(keys[some])
    assert all(each in held for each in keys) and "没有" not in held
    assert (held == BatchKeys(keys), held == BatchKeys([*keys, "x"])) == (True, False)
    assert {held: 1}[pickle.loads(pickle.dumps(held))] == 1
    if -len(keys) <= at < len(keys):
        assert held[at] == keys[at]
