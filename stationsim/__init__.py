"""What a leak costs a space station's operations, why, and what to do about it."""
