"""An exercise without what shows it: a practice partnership, how the learner stands, notes, a fresh start."""

from __future__ import annotations

import json
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctekit import exercises, samples
from ctekit.exercises import Outcome, Practice
from ctekit.jupyter.partnership import Partnership
from ctekit.model.files import write_whole
from ctekit.model.paths import STORE_FILE
from ctekit.store.connect import absolute

if TYPE_CHECKING:
    from ctekit.views.practice import ExerciseProgress

OURS = "the exercise"
"""Who wrote what an exercise begins with; what anybody else wrote is the learner's."""
NOTES = "learner.json"
"""Beside the practice partnership: quiz answers, hints taken, worked answers opened, replies, and what was meant so."""


class ExerciseSession:
    """One exercise and its learner.

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

    def outcomes(self) -> tuple[Outcome, ...]:
        """How each task stands."""
        return _outcomes(self.practice, self.folder, self.partnership)

    def standing(self) -> ExerciseProgress:
        """How the learner stands in this exercise."""
        return _standing(self.practice, self.folder, self.outcomes())

    def standings(self) -> tuple[ExerciseProgress, ...]:
        """How the learner stands in every exercise, also those not begun."""
        standings = []
        for practice in exercises.every():
            folder = self.home / practice.notebook
            if practice is self.practice:
                standings.append(self.standing())
            elif (folder / STORE_FILE).exists():
                standings.append(_standing(practice, folder, _outcomes(practice, folder, Partnership(folder))))
            else:
                standings.append(_standing(practice, folder, None))
        return tuple(standings)

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

    def situation(self) -> str:
        """What lies on the table, as HTML: the notebook's own cell of the situation."""
        from ctekit.export.markdown import Prose
        from ctekit.model.paths import content

        cells = json.loads(content("exercises", f"{self.practice.notebook}.ipynb").read_text("utf-8"))["cells"]
        prose = ["".join(cell["source"]) for cell in cells if cell["id"] == "situation"]
        return Prose().render("\n\n".join(prose), headings=False)

    def meant(self, name: str) -> None:
        """Take it that a task's answer means what was looked for, and open the worked answer beside it.

        Only what was doubted for its words can be meant so; a blank or a letter in the grid stays as it is.
        """
        outcome = next(outcome for outcome in self.outcomes() if outcome.task.name == name)
        keys = [doubt.key for doubt in (*outcome.settled, *outcome.unsure)]
        self.note("meant", name, keys)
        self.note("solutions", name, True)

    def note(self, kind: str, name: str, value: Any) -> None:
        """Remember what is no answer of a worksheet: a quiz answer, a hint taken, a worked answer opened."""
        notes = _notes(self.folder)
        notes.setdefault(kind, {})[name] = value
        write_whole(self.folder / NOTES, json.dumps(notes, indent=1).encode())


def _start(practice: Practice) -> list[samples.Edit]:
    """What the practice partnership begins with, as edits."""
    return list(samples.as_edits(practice.start()))


def _begin(folder: Path, practice: Practice) -> None:
    """Make the practice partnership if it is not there; finish one that was cut off while it was made."""
    from ctekit.store import Edit, StoreError, create_store, open_store

    file = folder / STORE_FILE
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
        notes = json.loads((folder / NOTES).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return notes if isinstance(notes, dict) else {}


def _outcomes(practice: Practice, folder: Path, partnership: Partnership) -> tuple[Outcome, ...]:
    notes = _notes(folder)
    return practice.outcomes(partnership.book, notes.get("replies"), notes.get("meant"))


def _standing(practice: Practice, folder: Path, outcomes: tuple[Outcome, ...] | None) -> ExerciseProgress:
    from ctekit.views.practice import ExerciseProgress

    notes = _notes(folder) if outcomes is not None else {}
    quiz = {when: notes.get(when, {}) for when in ("open", "close")}
    hints, solutions, replies = (notes.get(kind, {}) for kind in ("hints", "solutions", "replies"))
    return ExerciseProgress(practice, outcomes is not None, outcomes or (), quiz, hints, tuple(solutions), replies)
