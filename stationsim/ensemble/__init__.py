"""What if it were otherwise, many times over? Runs of changed scenarios, compared with the run as it is."""
