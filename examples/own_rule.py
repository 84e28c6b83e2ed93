# A rule that no file holds: nobody goes outside while the fluid of a release is unknown. What does it cost, and what
# does a waiver for one sortie bring back?
from collections.abc import Iterator

import stationsim as ss

SORTIES = ("eva-orlan", "eva-emu")


@ss.rule(id="own-1", text="Nobody goes outside while it is open which fluid escaped", severity="safety", kinds=SORTIES)
def known_fluids_only(choice: ss.Choice, situation: ss.Situation) -> Iterator[ss.Block]:
    """Close the time from the question to its expected answer; a rule knows what its centre believes."""
    for (incident, question), asked in situation.questions.items():
        if question == "fluid":
            reason = f"nobody knows what '{incident}' lets out"
            yield ss.Block(lo_s=asked.asked_s, hi_s=asked.expected_s, reason=reason, cause=asked.row)


def tell(title: str, **passed: tuple[object, ...]) -> ss.Outcome:
    """Run the same leak and print what becomes of the sorties."""
    outcome = ss.run(scenario, **passed)
    print(f"\n{title}")
    for row in ss.assess(outcome).changes.query("kind in @SORTIES and outcome != 'kept'").itertuples():
        print(f"  {row.subject} is {row.outcome} ({row.nominal_utc} -> {row.actual_utc}), {row.rule}: {row.reason}")
    return outcome


scenario = ss.load("quiet-increment").until("2023-01-05")
scenario = scenario.with_leak("progress-ms-20/external-loop", at="2022-12-15T00:45Z", hole="0.8 mm", id="drip")
tell("Without the rule")
ruled = tell("With the rule", rules=(known_fluids_only,))
waiver = ss.Waiver(rule="own-1", activity="us-eva-83", rationale="It works far from the release")
tell("With the rule, waived for one sortie", rules=(known_fluids_only,), waivers=(waiver,))
print(f"\n{ss.why(ruled, 'us-eva-83')}")
