"""Scoring: what really happened, beside what the model says. Never an input of a run."""
