# How soon is decided? The same leak as the rules propose, and by a policy that sleeps on it; another with traffic left.
from collections.abc import Mapping

import attrs

import stationsim as ss


@attrs.frozen
class Patient:
    """Change nothing for some days after the first question is asked, then what is proposed."""

    days: int

    @property
    def name(self) -> str:
        """Name in reports and saved runs."""
        return f"patient for {self.days} d"

    def revise(self, situations: Mapping[str, ss.Situation], proposal: ss.Revision) -> ss.Revision:
        """Carry out all or nothing; a policy knows what the centres believe, and no truth."""
        now_s = min(centre.now_s for centre in situations.values())
        asked_s = [asked.asked_s for centre in situations.values() for asked in centre.questions.values()]
        is_early = bool(asked_s) and now_s < min(asked_s) + self.days * 86400
        return ss.Revision() if is_early else proposal


def tell(scenario: ss.Scenario, subject: str, policy: ss.policies.Policy) -> None:
    """Run a scenario under a policy and print what it comes to."""
    outcome = ss.run(scenario, policy=policy)
    row = ss.assess(outcome).changes.set_index("subject").loc[subject]
    left = len({event.subject for event in outcome.disrupted if event.kind == "declined"})
    print(f"{outcome.manifest.passed['policy']['name']}: {ss.assess(outcome).brief}")
    print(f"  {subject} is {row.outcome} ({row.nominal_utc} -> {row.actual_utc}); {left} activities were left alone")


for policy in (ss.policies.rules_first, Patient(2), Patient(10)):
    tell(ss.load("soyuz-ms22").until("2023-01-10"), "us-eva-83", policy)
for policy in (ss.policies.rules_first, ss.policies.do_nothing):
    tell(ss.load("progress-ms21").until("2023-03-05"), "soyuz-ms-23-launch", policy)
