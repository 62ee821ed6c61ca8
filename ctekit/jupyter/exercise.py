"""Practice: an exercise on a partnership of its own, that checks, hints, and shows a worked answer when asked."""

from __future__ import annotations

import json
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctekit import exercises, samples
from ctekit.exercises import Outcome, Practice
from ctekit.model.errors import NotFoundError
from ctekit.partnership import Partnership
from ctekit.store.connect import absolute

if TYPE_CHECKING:
    from ctekit.views.practice import Standing
    from ctekit.widgets.panel import Panel

OURS = "the exercise"
"""Who wrote what an exercise begins with; what anybody else wrote is the learner's."""
NOTES = "learner.json"
"""Beside the practice partnership: quiz answers, hints taken, worked answers opened."""


class Exercise:
    """One exercise, as a notebook talks to it.

    Parameters
    ----------
    name : str
        Such as ``"roles"``.
    path : path
        The folder of the exercises; practice partnerships lie in its folder ``practice``, one for each exercise, and
        never mix with a real one.

    Attributes
    ----------
    practice : Practice
        What it is made of.
    partnership : Partnership
        The practice partnership; a script may answer as a person does.
    """

    def __init__(self, name: str, path: str | PathLike[str] = ".") -> None:
        self.practice: Practice = exercises.called(name)
        self.home = absolute(path) / "practice"
        self.folder = self.home / self.practice.notebook
        _begin(self.folder, self.practice)
        self.partnership = Partnership(self.folder)
        self._shown: dict[tuple[str, str], Shown] = {}

    def __repr__(self) -> str:
        return f"<exercise '{self.practice.name}', {len(self.practice.tasks)} tasks>"

    def _repr_html_(self) -> str:
        from markupsafe import escape

        return f"<p><strong>{escape(self.practice.title)}</strong> is open, on a practice partnership of its own.</p>"

    # Showing: each of these is one sentence of a notebook.

    def quiz(self, when: str) -> Shown:
        """Show the five-minute quiz: ``"open"`` before, ``"close"`` after, with the questions in another order."""
        if when not in ("open", "close"):
            raise NotFoundError(f"There is no quiz '{when}'. Say “open” for the one before, “close” for the one after.")
        return self._show("quiz", when)

    def worksheet(self, name: str, only: str = "") -> Any:
        """Show a worksheet of the practice partnership, just as a real one shows it; see `Partnership.worksheet`."""
        return self.partnership.worksheet(name, only)

    def chart(self, name: str) -> Any:
        """Draw a chart of the practice partnership."""
        return self.partnership.chart(name)

    def check(self, task: str = "") -> Shown:
        """Show, for one task or all, what is right, what is not yet and why."""
        return self._show("check", self._known(task))

    def hint(self, task: str = "") -> Shown:
        """Show the hints, one step at a time."""
        return self._show("hint", self._known(task))

    def solution(self, task: str = "") -> Shown:
        """Show a button for each worked answer; nothing is shown before it is asked for."""
        return self._show("solution", self._known(task))

    def progress(self) -> Shown:
        """Show where the learner stands across all exercises."""
        return self._show("progress", "")

    def summary(self) -> Shown:
        """Show what was practiced, with a button that writes it as a page."""
        return self._show("summary", "")

    def reset(self) -> Shown:
        """Show a button that starts this exercise over."""
        return self._show("reset", "")

    # As plain data, and without a mouse.

    def outcomes(self) -> tuple[Outcome, ...]:
        """How each task stands."""
        return self.practice.outcomes(self.partnership.book)

    def standing(self) -> Standing:
        """How the learner stands in this exercise."""
        return _standing(self.practice, self.folder, self.outcomes())

    def standings(self) -> tuple[Standing, ...]:
        """How the learner stands in every exercise, also those not begun."""
        found = []
        for practice in exercises.every():
            folder = self.home / practice.notebook
            if practice is self.practice:
                found.append(self.standing())
            elif (folder / _store_name()).exists():
                found.append(_standing(practice, folder, practice.outcomes(Partnership(folder).book)))
            else:
                found.append(_standing(practice, folder, None))
        return tuple(found)

    def start_over(self) -> None:
        """Put the practice partnership back to where it began, and forget quiz, hints and worked answers.

        By edits of the same store: worksheets that are open somewhere follow, and what was typed stays in its history.
        """
        from ctekit.store import Edit

        wanted = {(slug, row, field): value for slug, row, field, value in _start(self.practice)}
        newest = {
            (revision.worksheet, revision.row, revision.field): revision
            for revision in self.partnership.store.history()
        }
        edits = []
        for place, last in newest.items():
            slug, row, field = place
            if last.who == OURS or place == ("profile", "", "partnership_id"):
                continue
            value = wanted.get(place)
            if field == "row":
                first = [
                    revision.value
                    for revision in self.partnership.store.history(slug, row, "row")
                    if revision.who == OURS
                ]
                value = first[-1] if first else None
            edits.append(Edit(slug, field, value, row, OURS))
        # Rows come back before their answers do.
        self.partnership.store.save(sorted(edits, key=lambda edit: edit.field != "row"))
        (self.folder / NOTES).unlink(missing_ok=True)

    def export(self, output: str | PathLike[str] | None = None) -> Path:
        """Write the summary of all exercises that were begun as one page.

        Parameters
        ----------
        output : path
            The page; ``practice/summary.html`` if not told.
        """
        from ctekit.export.atomic_write import write
        from ctekit.export.page import Page, framed
        from ctekit.views import practice as views

        page = Page("Summary of practice", sample=True)
        return write(Path(output or self.home / "summary.html"), framed(page, views.summary(self.standings())))

    def note(self, kind: str, name: str, value: Any) -> None:
        """Remember what is no answer of a worksheet: a quiz answer, a hint taken, a worked answer opened."""
        notes = _notes(self.folder)
        notes.setdefault(kind, {})[name] = value
        part = self.folder / f".{NOTES}"
        part.write_text(json.dumps(notes, indent=1), "utf-8")
        part.replace(self.folder / NOTES)

    def _known(self, task: str) -> str:
        names = [one.name for one in self.practice.tasks]
        if task and task not in names:
            raise NotFoundError(f"This exercise has no task '{task}'. Its tasks are: {', '.join(names)}.")
        return task

    def _show(self, verb: str, word: str) -> Shown:
        if (verb, word) not in self._shown:
            self._shown[verb, word] = Shown(self, verb, word)
        return self._shown[verb, word]


class Shown:
    """One sentence of an exercise's notebook: a panel where there is a kernel, and the same as static HTML."""

    def __init__(self, exercise: Exercise, verb: str, word: str) -> None:
        self.exercise = exercise
        self.verb = verb
        self.word = word
        self.asked = False
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
            case "check":
                return views.check(exercise.standing(), word, live)
            case "hint":
                return views.hint(exercise.standing(), word, live)
            case "solution":
                return views.solution(exercise.standing(), word, live)
            case "progress":
                return views.progress(exercise.standings(), exercise.practice.notebook, live)
            case "summary":
                return views.summary(exercise.standings(), live)
            case _:
                return views.reset(exercise.standing(), live, self.asked)

    def press(self, act: str, what: str = "", value: str = "") -> str:
        """Do what a button does; gives the words to read out."""
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
            case "write":
                path = exercise.export()
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
        from ctekit.widgets.shown import as_output

        return as_output(self.html())

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        from ctekit.widgets.panel import Panel
        from ctekit.widgets.shown import last_view

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


def _store_name() -> str:
    from ctekit.store import NAME

    return NAME


def _start(practice: Practice) -> list[samples.Edit]:
    """What the practice partnership begins with, as edits."""
    return list(samples.as_edits(practice.start()))


def _begin(folder: Path, practice: Practice) -> None:
    """Make the practice partnership if it is not there; finish one that was cut off while it was made."""
    from ctekit.store import Edit, StoreError, create_store, open_store

    file = folder / _store_name()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The folder {folder} cannot be made ({error.strerror}). Copy the exercises to a folder you may write to."
        ) from None
    store = open_store(file) if file.exists() else create_store(file)
    if store.latest() <= 1:  # the store's own first revision is its id
        store.save([Edit(slug, field, value, row, OURS) for slug, row, field, value in _start(practice)])
    store.close()


def _notes(folder: Path) -> dict[str, Any]:
    """What the learner did besides answering; a file that cannot be read counts as none."""
    try:
        found = json.loads((folder / NOTES).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _standing(practice: Practice, folder: Path, outcomes: tuple[Outcome, ...] | None) -> Standing:
    from ctekit.views.practice import Standing

    notes = _notes(folder) if outcomes is not None else {}
    quiz = {when: notes.get(when, {}) for when in ("open", "close")}
    return Standing(
        practice, outcomes is not None, outcomes or (), quiz, notes.get("hints", {}), tuple(notes.get("solutions", {}))
    )
