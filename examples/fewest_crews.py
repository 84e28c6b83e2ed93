# Which way home upsets the fewest crews? A policy of one's own chooses among the options, and is held against others.
import attrs

import stationsim as ss


@attrs.frozen
class FewestCrews:
    """Leave as few as can be without a seat or a return, and then let as few crews as can be fly with other people."""

    name: str = "fewest-crews"
    takes_whole: bool = True

    def decide(self, decision: ss.policies.Decision, look: ss.policies.Look) -> str:
        """Return the id of an open option; a look plays one forward on what is believed."""
        least = min(upset(item) for item in decision.open)
        same = [item.id for item in decision.open if upset(item) == least]
        return min(same[:3], key=look)

    def revise(self, _situations: object, proposal: ss.Revision) -> ss.Revision:
        """Carry out all that the repair proposes."""
        return proposal


def upset(item: ss.policies.Weighed) -> tuple[int, int]:
    """Return what the plan of an option leaves behind, and how many arrivals then bring other people."""
    crews = sum(key == "crew_up" for edit in item.edits for key, *_ in edit.fields)
    return item.estimate.of("class-4") + item.estimate.of("stranded"), crews


scenario = ss.load("last-lifeboat")
policies = (FewestCrews(), ss.policies.best_by_lookahead, ss.policies.do_nothing)
for row in ss.run(scenario, policy=policies[0]).disrupted:
    if row.kind == "chosen":
        print(f"{row.by}: {row.text}")
print(ss.compare(scenario, policies, seeds=[0]))
