"""Every exception the library raises on purpose.

All derive from `GazetteerError`, so a border (command line, page) catches one class, shows its
message and lets everything else look like the bug it is.
"""

from __future__ import annotations

from gazetteer.wording import Wording


class GazetteerError(Exception):
    """Base of every error whose message is meant for the user: what, where, and the way out."""


class PositionError(GazetteerError, ValueError):
    """A latitude or longitude is out of range or not a number."""


class CoincidentPositionsError(GazetteerError, ValueError):
    """A direction was asked for between two equal positions."""


class ArticleError(GazetteerError, ValueError):
    """An article cannot be read: missing, empty, binary, wrongly encoded, too large.

    The message is English; `complaints` say the same in every language of the interface, one for each file.
    """

    def __init__(self, *complaints: Wording) -> None:
        """Take what is wrong, file by file."""
        super().__init__("\n".join(complaint.en for complaint in complaints))
        self.complaints = complaints


class DataFileError(GazetteerError, ValueError):
    """A data file is malformed; the message names file and line of every bad row."""


class IndexMissingError(GazetteerError, LookupError):
    """The compiled gazetteer or railway network has not been built yet."""


class IndexDamagedError(GazetteerError, ValueError):
    """A compiled file fails its checksum or was made by another schema version."""


class UnknownPlaceError(GazetteerError, LookupError):
    """No gazetteer entry answers to this name or id."""


class GeocodingError(GazetteerError):
    """The online geocoder gave no usable answer; the message says what happened."""


class PortError(GazetteerError, OSError):
    """The dashboard may not listen on the port asked for: taken, or for administrators only."""


class RouteError(GazetteerError, ValueError):
    """No railway route joins the places asked for, or a place is too far from any rail."""
