"""Claims and their checks: what an article states about distance, direction, speed, time or position."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gazetteer.positions import LatLon
from gazetteer.reading.articles import Span
from gazetteer.reading.quantities import Quantity
from gazetteer.wording import Wording

UNCHECKED = Wording("noch nicht geprüft", "not checked yet")


class Relation(StrEnum):
    """What kind of statement a claim is."""

    DISTANCE = "distance"
    TRIP_LENGTH = "trip_length"
    SPEED = "speed"
    DURATION = "duration"
    DIRECTION = "direction"
    PROXIMITY = "proximity"
    BORDER = "border"
    COAST = "coast"
    CONTAINMENT = "containment"
    BETWEEN = "between"
    PATH_SHAPE = "path_shape"
    EVENT_PLACE = "event_place"
    INTERVAL = "interval"


class Path(StrEnum):
    """Along which kind of way a length is meant."""

    AIR = "air"
    RAIL = "rail"
    ROAD = "road"
    UNSPECIFIED = "unspecified"


class Via(StrEnum):
    """How a role of a claim was found."""

    NAMED = "named"
    RELATIVE_CLAUSE = "relative-clause"
    ANAPHOR = "anaphor"
    IMPLIED = "implied"


class Verdict(StrEnum):
    """How a claim or a facet of it stands against what was computed."""

    HOLDS = "holds"
    HOLDS_LOOSELY = "holds_loosely"
    PARTLY = "partly"
    """One facet holds and another fails."""
    FAILS = "fails"
    CONSISTENT = "consistent"
    """Nothing on Earth to compute against, but other claims agree."""
    UNVERIFIABLE = "unverifiable"


class Facet(StrEnum):
    """Which side of a claim a check looked at."""

    DISTANCE = "distance"
    DIRECTION = "direction"
    RAIL = "rail"
    ROAD = "road"
    AIR_LINE = "air_line"
    DURATION = "duration"
    SPEED = "speed"
    INTERNAL = "internal"
    """Against the other numbers of the same sentence."""
    EXTERNAL = "external"
    """Against the calendar or the reported events."""
    CROSS_DOCUMENT = "cross_document"
    PROXIMITY = "proximity"
    TOPOLOGY = "topology"
    CONTAINMENT = "containment"
    PATH_SHAPE = "path_shape"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Role:
    """A place that takes part in a claim: `subject` (what is located) or `reference` (from where)."""

    place: str | None
    """Id of the gazetteer entry; None when the words are there but no place was resolved."""
    span: Span
    """The words that stand for the place here, e.g. `Diese Stadt`."""
    via: Via
    antecedent: Span | None = None
    """The mention that an anaphor or relative pronoun stands for."""


@dataclass(frozen=True, slots=True)
class StatedDirection:
    """A compass direction as written: the direction of the subject as seen from the reference."""

    span: Span
    word: str
    bearing_deg: float
    """Nominal bearing, in [0, 360)."""
    wind: str
    """Abbreviation among the sixteen winds: `N`, `NNE` …"""


@dataclass(frozen=True, slots=True)
class Check:
    """One facet of a claim held against a computation."""

    facet: Facet
    stated: float | None
    computed: float | None
    unit: str
    """Unit of `stated`, `computed` and `deviation`: `km`, `deg`, `h`, `km/h`; empty for yes or no."""
    deviation: float | None
    """Stated minus computed; for a direction the unsigned angle between them."""
    verdict: Verdict
    reason: Wording
    margin: float | None = None
    """Distance from the nearest limit of the grade, in `unit`; positive inside."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What would make a claim true; never a finding."""

    kind: str
    """`unit`, `path`, `namesake`, `city_limit`, `reversed`, `conversion`, `neighbour`."""
    wording: Wording
    plausibility: float
    """In [0, 1], for ranking only."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement that can be measured. `id` is unique within the analysis: `<article>:c<start>`."""

    id: str
    span: Span
    """The minimal words: hedge, number, unit, direction, reference."""
    quote: str
    relation: Relation
    quantity: Quantity | None
    direction: StatedDirection | None
    subject: Role | None
    reference: Role | None
    origin: Role | None
    """Where a trip starts, if it is one; `reference` is then where it ends."""
    path: Path
    checks: tuple[Check, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    verdict: Verdict = Verdict.UNVERIFIABLE
    reason: Wording = UNCHECKED
    """One sentence that a reader understands: what was said, what is, and what follows."""
    rail: tuple[LatLon, ...] = ()
    """The way by rail that a check measured, thinned for drawing; empty where none was."""


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """Two or more claims held against each other."""

    claims: tuple[str, ...]
    """Ids of the claims."""
    kind: str
    """First word is a closed set: `time`, `unit`, `same_pair`, `same_number`, `rail`, `chain`, `order`,
    `destination`, `date`."""
    stated: Wording
    computed: Wording
    verdict: str
    """`agree`, `contradiction`, `suspicious` or `unverifiable`."""
    reason: Wording
