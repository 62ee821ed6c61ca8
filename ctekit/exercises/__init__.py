"""Exercises, found by standing here. Hints and worked answers live here, never in a notebook."""

from ctekit.exercises._engine import Outcome, Practice, QuizQuestion, Task, called, every

__all__ = ["Outcome", "Practice", "QuizQuestion", "Task", "called", "every"]
