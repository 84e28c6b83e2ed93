"""How does each person come home in one log? Promised returns, the ship for each, and since when it has none."""

from attrs import define

from stationsim.impact.fates import Fate
from stationsim.log.kinds import Kind
from stationsim.log.log import Log, Row

__all__ = ["SUFFIX", "Return", "arrivals", "returns"]

SUFFIX = "-return"


@define
class Return:
    """A person's way home: the departure and ship promised last, and whether that ship may carry them.

    `row` gave the present state, `lost` is the row that says why there is none, and `without_s` since when that is so;
    `without_ship` holds the spans [s] in which no certified ship was promised, `losses` the rows that began them.
    """

    subject: str
    departure: str
    ship: str | None
    promised_s: int | None
    row: Row
    lost: Row | None = None
    without_s: int | None = None
    landed_s: int | None = None
    start_s: int | None = None
    departs: Fate | None = None
    without_ship: tuple[tuple[int, int], ...] = ()
    losses: tuple[Row, ...] = ()

    @property
    def bare_s(self) -> int:
        """Return how long no certified ship was promised in all [s]."""
        return sum(hi_s - lo_s for lo_s, hi_s in self.without_ship)


def returns(log: Log, fates: dict[str, Fate], horizon_s: int) -> dict[str, Return]:
    """Return everybody's way home, in the order in which it was first promised."""
    found: dict[str, Return] = {}
    for row in log:
        if row.kind is Kind.RETURN_PROMISED:
            _promise(found, row)
        elif row.kind is Kind.RETURN_LOST:
            if row.subject not in found:
                _promise(found, row)
            _lose(found[row.subject], row)
        elif row.kind is Kind.LEFT and row.subject + SUFFIX in found:
            way = found[row.subject + SUFFIX]
            _regain(way, row)
            way.landed_s = row.t_s
    for way in found.values():
        _finish(way, fates, horizon_s)
    return found


def arrivals(log: Log) -> dict[str, Row]:
    """Return the rows with which people first came aboard, by person."""
    found: dict[str, Row] = {}
    for row in log:
        if row.kind is Kind.BOARDED:
            found.setdefault(row.subject, row)
    return found


def _promise(found: dict[str, Return], row: Row) -> None:
    facts = {"departure": row.object or "", "ship": row.place, "promised_s": row.start_s, "row": row}
    way = found.get(row.subject)
    if way is None:
        found[row.subject] = Return(
            subject=row.subject, departure=row.object or "", ship=row.place, promised_s=row.start_s, row=row
        )
        return
    _regain(way, row)
    for name, value in facts.items():
        setattr(way, name, value)


def _lose(way: Return, row: Row) -> None:
    """Note the loss; who has then moved into another ship without it has been without one since the first."""
    if way.lost is not None and way.departure == row.object:
        return
    if way.without_s is None:
        way.without_s = row.t_s
        way.losses += (row,)
    way.lost = way.row = row
    way.departure, way.ship = row.object or "", row.place


def _regain(way: Return, row: Row) -> None:
    if way.without_s is not None:
        way.without_ship += ((way.without_s, row.t_s),)
    way.lost = way.without_s = None


def _finish(way: Return, fates: dict[str, Fate], horizon_s: int) -> None:
    way.departs = fates.get(way.departure)
    if way.without_s is not None:
        way.without_ship += ((way.without_s, horizon_s),)
    elif way.landed_s is not None:
        way.start_s = way.landed_s
    else:
        way.start_s = way.departs.start_s if way.departs is not None else way.promised_s
