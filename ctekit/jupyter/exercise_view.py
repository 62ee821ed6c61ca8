"""What one sentence of an exercise's notebook shows, and what its buttons do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ctekit.model.text import clean

if TYPE_CHECKING:
    from ctekit.jupyter.exercise_session import ExerciseSession
    from ctekit.widgets.panel import Panel


LONGEST = 2000
"""Characters of a reply in words of one's own."""


class ExerciseView:
    """One sentence of an exercise's notebook: a panel where there is a kernel, and the same as static HTML."""

    def __init__(self, exercise: ExerciseSession, verb: str, word: str) -> None:
        self.exercise = exercise
        self.verb = verb
        self.word = word
        self.asked = False
        self.link = Markup()
        self._panel: Panel | None = None

    def __repr__(self) -> str:
        return f"<{self.verb} {self.word}>".replace(" >", ">")

    def html(self, live: bool = False) -> str:
        """What it shows now; with buttons when `live`."""
        from ctekit.views import practice as views

        exercise, word = self.exercise, self.word
        match self.verb:
            case "quiz":
                return views.quiz(exercise.standing(), word, live)
            case "papers":
                return views.papers(exercise.situation())
            case "reply":
                return views.reply(exercise.standing(), word, live)
            case "check":
                return views.check(exercise.standing(), word, live)
            case "hint":
                return views.hint(exercise.standing(), word, live)
            case "solution":
                return views.solution(exercise.standing(), word, live)
            case "progress":
                return views.progress(exercise.standings(), exercise.practice.notebook, live)
            case "summary":
                return views.summary(exercise.standings(), live, self.link)
            case _:
                return views.reset(exercise.standing(), live, self.asked)

    def press(self, act: str, what: str = "", value: str = "") -> str:
        """Do what a button does; gives the words to read out."""
        from ctekit.widgets.written import link_to

        exercise = self.exercise
        match act:
            case "choose":
                question = next(quiz_question for quiz_question in exercise.practice.quiz if quiz_question.name == what)
                choice = question.choices[int(value)]
                exercise.note(self.word, what, int(value))
                return f"{'Yes.' if choice.right else 'Not quite.'} {choice.feedback}"
            case "hint":
                hints = next(task for task in exercise.practice.tasks if task.name == what).hints
                taken = min(exercise.standing().hints.get(what, 0) + 1, len(hints))
                exercise.note("hints", what, taken)
                return hints[taken - 1]
            case "solution":
                exercise.note("solutions", what, True)
                return "The worked answer is open."
            case "reply":
                words = clean(json.loads(value)["reply"])
                exercise.note("replies", what, words[:LONGEST])
                if len(words) > LONGEST:
                    return f"Only the first {LONGEST} characters are kept. In a room nobody listens to more."
                return "Kept. What we found stands under your words." if words else "Nothing is written yet."
            case "meant":
                exercise.meant(what)
                return "You meant it so. The worked answer stands beside yours; go on when you like."
            case "write":
                path = exercise.export()
                self.link = link_to(path, "Open the summary page")
                return f"The page is written: {path.name} in the folder practice, beside this notebook."
            case "ask":
                self.asked = True
                return "All answers of this exercise will go back to where they began. Press the button to do it."
            case "reset":
                self.asked = False
                exercise.start_over()
                return "This exercise begins anew. Run the cells above again to see the quiz and the hints as new."
            case "keep":
                self.asked = False
                return "Nothing was changed."
            case _:
                return "Checked just now." if act == "check" else "As it stands now."

    def _repr_html_(self) -> str:
        from ctekit.jupyter.display import as_output

        return as_output(self.html())

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        from ctekit.jupyter.display import last_view
        from ctekit.widgets.panel import Panel

        if self._panel is None:
            self._panel = Panel(lambda: self.html(live=True), self.press)
        return {
            "text/plain": repr(self),
            "text/html": last_view(self._repr_html_()),
            "application/vnd.jupyter.widget-view+json": {
                "version_major": 2,
                "version_minor": 0,
                "model_id": self._panel.model_id,
            },
        }
