"""What was lost while nobody knew? Coolant and gas that went between the onset of an incident and its first alarm."""

from stationsim.impact.air import gas_lost_kg
from stationsim.impact.curves import laws, lost_kg
from stationsim.impact.knowing import Notice
from stationsim.impact.reading import Run
from stationsim.log.kinds import Kind
from stationsim.log.outcome import Manifest

__all__ = ["lost_unnoticed_kg"]

_HOLDING = {"loop", "tank"}
"""Models of what holds something that can leak out."""


def lost_unnoticed_kg(run: Run, manifest: Manifest, notice: Notice) -> dict[str, float]:
    """Return what each node that an incident holed had lost when the first centre learnt of it [kg].

    All that is lost counts if nobody ever learns. Two holes in one node share its loss: each shows what the node lost
    before its own alarm.
    """
    nodes = {row.subject for row in run.log if row.kind is Kind.LEAKED and row.object == notice.incident}
    until_s = manifest.horizon_s if notice.first_s is None else notice.first_s
    coolant: dict[str, float] = {}
    for law in laws(run.log, manifest.horizon_s):
        if law.model in _HOLDING and law.subject in nodes and law.start_s < until_s:
            coolant[law.subject] = coolant.get(law.subject, 0.0) + lost_kg(law, until_s)
    gas = {node: kg for node, kg in gas_lost_kg(run, manifest, until_s).items() if node in nodes}
    return {node: kg for node, kg in (coolant | gas).items() if kg}
