"""What follows from the answers: who takes part, what may be told, who ranks first."""
