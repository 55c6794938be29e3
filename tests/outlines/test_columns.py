"""Rays to the pole meet the segments that a look at every one of them finds."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.outlines.columns import Columns

vertices = st.lists(st.tuples(st.floats(-179, 179), st.floats(-80, 80)), min_size=2, max_size=12)


@given(vertices, st.lists(st.tuples(st.floats(-180, 180), st.floats(-89, 89)), max_size=6))
def test_every_segment_north_of_a_position_is_met_once(line, positions):
    lon, lat = (np.array(axis) for axis in zip(*line, strict=True))
    columns = Columns(lon, lat, np.arange(len(line) - 1))
    east, north = (np.array([fix[axis] for fix in positions]) for axis in (0, 1))

    position, segment = columns.crossings(north, east)

    met = sorted(zip(position.tolist(), segment.tolist(), strict=True))
    wanted = []
    for number, (x, y) in enumerate(positions):
        for at in range(len(line) - 1):
            if (lon[at] > x) != (lon[at + 1] > x):
                share = (x - lon[at]) / (lon[at + 1] - lon[at])
                if lat[at] + share * (lat[at + 1] - lat[at]) > y:
                    wanted.append((number, at))
    assert met == sorted(wanted)
