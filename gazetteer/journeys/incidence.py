"""Which pieces meet at each point: the rows of a graph, by counting instead of sorting."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_array

Ints = npt.NDArray[np.int32]


def incident(tail: Ints, head: Ints, points: int) -> tuple[Ints, Ints]:
    """Return for each point where its pieces begin in the list of all, and that list.

    Args:
        tail: Shape (m,), the point at one end of each piece.
        head: Shape (m,), the point at the other.
        points: How many points there are.

    Returns:
        Starts, shape (points + 1,), and ends, shape (2 m,): number `e` is piece `e % m`, met at its
        tail where `e < m`, else at its head. Those of one point are in rising order.
    """
    ends = np.concatenate([tail, head]).astype(np.int32)
    # SciPy turns columns into rows by counting, ten times as fast as a stable sort.
    columns = csc_array(
        (np.ones(len(ends), dtype=np.int8), ends, np.arange(len(ends) + 1, dtype=np.int32)),
        shape=(points, len(ends)),
    )
    rows = columns.tocsr()
    return rows.indptr.astype(np.int32, copy=False), rows.indices.astype(np.int32, copy=False)
