"""What did the user say? Files become a frozen, checked `Scenario`; nothing else in the package reads YAML."""
