"""The command that writes papers to sign, send and hand in."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ctekit.cli.app import Dir, app, open_partnership, read_path
from ctekit.model.errors import CtekitError
from ctekit.model.reader import Reader
from ctekit.model.text import count
from ctekit.terminal import progress_bar, say, show_table

if TYPE_CHECKING:
    from ctekit.partnership import Partnership


class Readers(StrEnum):
    """Who may read a paper."""

    partners = "partners"
    public = "public"


_READERS: dict[Readers, Reader] = {Readers.partners: "partners", Readers.public: "public"}

FilesDir = Annotated[Path, typer.Option("--output", "-o", parser=read_path, help="A folder for the files.")]


@app.command()
def paper(
    name: Annotated[
        str,
        typer.Argument(help="“list” says which there are; “all” makes all, “pack” in one zip, “toolbox” your forms."),
    ],
    folder: Dir = Path(),
    output: FilesDir = Path("papers"),
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", help="html, word, markdown, pdf, or ics for days; may be given several times."),
    ] = None,
    final: Annotated[bool, typer.Option("--final", help="To be signed: nothing may be missing.")] = False,
    reader: Annotated[
        Readers | None,
        typer.Option("--for", help="public: people are named only if they said yes to it. Else what the paper is for."),
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over files that are there.")] = False,
) -> None:
    """Make a paper from the answers: the agreement, the charter, letters and others."""
    from rich.progress import TextColumn

    if not name:
        raise typer.BadParameter("Which paper? “ctekit paper list” says which there are; “all” makes all.")
    if name in _LISTS:
        _LISTS[name]()
        return
    partnership = open_partnership(folder)
    meant = _READERS[reader] if reader else None
    if name == "pack":
        _pack(partnership, output, formats, final=final, reader=meant, replace=replace)
        return
    if name == "toolbox":
        _fill_templates(partnership, output, final=final, reader=meant or "partners", replace=replace)
        return
    columns = (TextColumn("Writing {task.description}", markup=False),)
    with progress_bar(*columns) as bar:
        task = bar.add_task("papers", total=None)
        paths = partnership.papers(
            "" if name == "all" else name,
            output,
            tuple(formats or ("html",)),
            final=final,
            reader=meant,
            replace=replace,
            progress=lambda file: bar.update(task, description=file),
        )
    if paths:
        say(f"{count(len(paths), 'file is', 'files are')} in {output}. Begin with {paths[0].name}.")
    else:
        nothing = "it has no days for a calendar" if formats == ["ics"] else "no answer asks for this paper"
        say(f"There is nothing to make yet: {nothing}.")


def _show_papers() -> None:
    from ctekit import papers

    rows = [(slug, module.TITLE, module.ABOUT) for slug, module in papers.every().items()]
    show_table("", ("Name", "Paper", "What it is for"), rows)


def _show_fields() -> None:
    from ctekit import papers

    show_table("", ("Field", "What is asked"), [(field, each.title) for field, each in papers.fields().items()])


_LISTS = {"list": _show_papers, "fields": _show_fields}


def _pack(
    partnership: Partnership,
    output: Path,
    formats: list[str] | None,
    *,
    final: bool,
    reader: Reader | None,
    replace: bool,
) -> None:
    """Write all papers in one file."""
    from ctekit import papers

    named = formats or [form for form in papers.FORMATS if form != "markdown"]
    content = papers.pack(partnership.book, named, final=final, reader=reader)
    (path,) = papers.put({papers.PACK: content}, output, replace=replace)
    say(f"All papers are in {path}. Unpack it and begin with index.html.")


def _fill_templates(partnership: Partnership, output: Path, *, final: bool, reader: Reader, replace: bool) -> None:
    """Fill the partnership's own templates."""
    from ctekit import papers

    paths = papers.templates(partnership.folder)
    if not paths:
        place = partnership.folder / "toolbox"
        say(f"There is no template in {place}. Put a .docx or .md file there that holds fields such as {_EXAMPLE}.")
        return
    if output.resolve() == paths[0].parent.resolve():
        raise CtekitError(f"{output} holds the forms themselves, which would be written over. Choose another folder.")
    contents = papers.fill_all(partnership.book, paths, final=final, reader=reader)
    written = papers.put(contents, output, replace=replace)
    say(f"{count(len(written), 'file is', 'files are')} in {output}. Begin with {written[0].name}.")


_EXAMPLE = "{{ roles.notice }}"
