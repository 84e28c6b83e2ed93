"""What did it cost, and why? Everything here is computed from two logs and a manifest, never from a scenario."""
