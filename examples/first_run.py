# A leak hits a Soyuz: what does it cost, and why? The page goes to the path given, or to report.html.
import sys

import stationsim as ss

outcome = ss.run(ss.load("soyuz-ms22"), seed=1)
impact = ss.assess(outcome)

print(impact.headline)
changed = impact.changes[impact.changes.outcome != "kept"]
print(changed[["subject", "outcome", "nominal_utc", "actual_utc", "rule"]].to_string(index=False, na_rep="-"))
print(ss.why(outcome, "vkd-56").text)
page = ss.render(impact, sys.argv[1] if len(sys.argv) > 1 else "report.html")
print(f"The page is {page.name}.")
