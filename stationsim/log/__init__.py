"""What happened? The event table of a run, its saved form, and the pair of logs that an analysis reads."""
