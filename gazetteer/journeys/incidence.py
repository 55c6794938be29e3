"""Which pieces meet at each point: the rows of a graph, by counting instead of sorting."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_array

Ints = npt.NDArray[np.int32]


class Incidence(NamedTuple):
    """The pieces that meet at each point: rows of a graph, one after the other."""

    starts: Ints
    """Where the rows of each point begin, shape (points + 1,)."""
    piece: Ints
    """The piece, by row; those of one point first as its tail, then as its head, in rising order."""
    beyond: Ints
    """The point at the piece's other end, by row."""


def incident(tail: Ints, head: Ints, points: int) -> Incidence:
    """Return which pieces meet at each point.

    Args:
        tail: Shape (m,), the point at one end of each piece.
        head: Shape (m,), the point at the other.
        points: How many points there are.
    """
    ends = np.concatenate([tail, head]).astype(np.int32)
    # SciPy turns columns into rows by counting, ten times as fast as a stable sort.
    columns = csc_array(
        (np.ones(len(ends), dtype=np.int8), ends, np.arange(len(ends) + 1, dtype=np.int32)),
        shape=(points, len(ends)),
    )
    rows = columns.tocsr()
    # End `e` is piece `e % m`, met at its tail where `e < m`, else at its head.
    end = rows.indices.astype(np.int32, copy=False)
    return Incidence(
        starts=rows.indptr.astype(np.int32, copy=False),
        piece=end % np.int32(max(1, len(tail))),
        beyond=np.concatenate([head, tail])[end],
    )
