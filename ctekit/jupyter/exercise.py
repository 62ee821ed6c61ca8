"""Practice: an exercise on a partnership of its own, that checks, hints, and shows a worked answer when asked."""

from __future__ import annotations

from os import PathLike
from typing import Any

from ctekit.jupyter.exercise_session import ExerciseSession
from ctekit.jupyter.exercise_view import ExerciseView
from ctekit.model.errors import NotFoundError


class Exercise(ExerciseSession):
    """One exercise, as a notebook talks to it: each verb is one sentence of a notebook.

    Parameters
    ----------
    name : str
        Such as ``"roles"``.
    path : path
        The folder of the exercises; see `ExerciseSession`.
    """

    def __init__(self, name: str, path: str | PathLike[str] = ".") -> None:
        super().__init__(name, path)
        self._shown: dict[tuple[str, str], ExerciseView] = {}

    def __repr__(self) -> str:
        return f"<exercise '{self.practice.name}', {len(self.practice.tasks)} tasks>"

    def _repr_html_(self) -> str:
        from markupsafe import escape

        return f"<p><strong>{escape(self.practice.title)}</strong> is open, on a practice partnership of its own.</p>"

    def quiz(self, when: str) -> ExerciseView:
        """Show the five-minute quiz: ``"open"`` before, ``"close"`` after, with the questions in another order."""
        if when not in ("open", "close"):
            raise NotFoundError(f"There is no quiz '{when}'. Say “open” for the one before, “close” for the one after.")
        return self._show("quiz", when)

    def worksheet(self, name: str, only: str = "") -> Any:
        """Show a worksheet of the practice partnership, just as a real one shows it; see `Partnership.worksheet`."""
        return self.partnership.worksheet(name, only)

    def papers(self) -> ExerciseView:
        """Show what lies on the table once more, in a box of its own, beside what is filled in."""
        return self._show("papers", "")

    def chart(self, name: str) -> Any:
        """Draw a chart of the practice partnership."""
        return self.partnership.chart(name)

    def reply(self, task: str) -> ExerciseView:
        """Show a task that is answered in words of one's own, and what we found in them."""
        return self._show("reply", self._known(task))

    def check(self, task: str = "") -> ExerciseView:
        """Show, for one task or all, what is right, what is not yet and why."""
        return self._show("check", self._known(task))

    def hint(self, task: str = "") -> ExerciseView:
        """Show the hints, one step at a time."""
        return self._show("hint", self._known(task))

    def solution(self, task: str = "") -> ExerciseView:
        """Show a button for each worked answer; nothing is shown before it is asked for."""
        return self._show("solution", self._known(task))

    def progress(self) -> ExerciseView:
        """Show where the learner stands across all exercises."""
        return self._show("progress", "")

    def summary(self) -> ExerciseView:
        """Show what was practiced, with a button that writes it as a page."""
        return self._show("summary", "")

    def reset(self) -> ExerciseView:
        """Show a button that starts this exercise over."""
        return self._show("reset", "")

    def _known(self, task: str) -> str:
        names = [task.name for task in self.practice.tasks]
        if task and task not in names:
            raise NotFoundError(f"This exercise has no task '{task}'. Its tasks are: {', '.join(names)}.")
        return task

    def _show(self, verb: str, word: str) -> ExerciseView:
        if (verb, word) not in self._shown:
            self._shown[verb, word] = ExerciseView(self, verb, word)
        return self._shown[verb, word]
