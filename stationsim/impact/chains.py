"""Which incident is behind an event? A walk up `cause`, and up table `causes` where that leads nowhere."""

from collections import deque

from stationsim.log.kinds import Kind
from stationsim.log.log import Log
from stationsim.log.outcome import Manifest

__all__ = ["Chains"]


class Chains:
    """The causes of a log; incidents in `background` are attributed to nothing."""

    def __init__(self, log: Log, manifest: Manifest) -> None:
        """Read the causes of every row once."""
        self._log = log
        background = {str(incident["id"]) for incident in manifest.incidents if incident.get("background")}
        self.struck: dict[str, int] = {
            row.subject: row.seq for row in log if row.kind is Kind.STRUCK and row.subject not in background
        }
        self._found: dict[int, str | None] = {}

    def causes(self, seq: int) -> tuple[int, ...]:
        """Return the causes of a row, the decisive one first."""
        first = self._log.row(seq).cause
        more = (record[1] for record in self._log.attached("causes", seq))
        return tuple(dict.fromkeys(int(str(cause)) for cause in (first, *more) if cause is not None))

    def up(self, seq: int) -> tuple[int, ...]:
        """Return the rows from this one up to where its chain begins, along the decisive causes."""
        chain = [seq]
        while (cause := self._log.row(chain[-1]).cause) is not None:
            chain.append(cause)
        return tuple(chain)

    def path(self, seq: int) -> tuple[int, ...]:
        """Return the rows from this one up to its incident; along the decisive causes where it has none."""
        chain = self.up(seq)
        if self.incident(seq) is None or self._is_incident(chain[-1]):
            return chain
        return self._search(seq)

    def incident(self, seq: int | None) -> str | None:
        """Return the incident behind a row: at the top of its decisive chain, else the nearest one; None for none."""
        if seq is None:
            return None
        if seq not in self._found:
            chain = self.up(seq)
            top = chain[-1] if self._is_incident(chain[-1]) else (self._search(seq) or chain)[-1]
            self._found[seq] = self._log.row(top).subject if self._is_incident(top) else None
        return self._found[seq]

    @property
    def only(self) -> str | None:
        """Return the incident where there is exactly one: whatever differs is then its work."""
        return next(iter(self.struck)) if len(self.struck) == 1 else None

    def _is_incident(self, seq: int) -> bool:
        row = self._log.row(seq)
        return row.kind is Kind.STRUCK and row.subject in self.struck

    def _search(self, seq: int) -> tuple[int, ...]:
        """Return the shortest way from a row up to an incident; empty if there is none."""
        queue, came_from = deque([seq]), {seq: seq}
        while queue:
            here = queue.popleft()
            if self._is_incident(here):
                way = [here]
                while way[-1] != seq:
                    way.append(came_from[way[-1]])
                return tuple(reversed(way))
            for cause in self.causes(here):
                if cause not in came_from:
                    came_from[cause] = here
                    queue.append(cause)
        return ()
