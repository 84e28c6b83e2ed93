"""What could be done about a ship that does not take its people home? Generators propose, repair and rules dispose."""
