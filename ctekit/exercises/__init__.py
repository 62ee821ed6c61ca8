"""Exercises, found by standing here. Hints and worked answers live here, never in a notebook."""

from ctekit.exercises._engine import Practice, called, every
from ctekit.exercises._task import Outcome, QuizQuestion, Task

__all__ = ["Outcome", "Practice", "QuizQuestion", "Task", "called", "every"]
