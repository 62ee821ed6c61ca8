"""Nothing private is in anything that was not asked for with --private: each of 800 secrets is looked for."""

from __future__ import annotations

import contextlib
import dataclasses
import html
import importlib
import json
import pkgutil
import shutil
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import ctekit
from ctekit import charts, cli, export, interchange, views, worksheets
from ctekit.export import site
from ctekit.jupyter.partnership import Partnership
from ctekit.model.reader import Reader
from ctekit.ratings import Ballot
from ctekit.store import Edit
from ctekit.widgets.findings import Findings
from ctekit.widgets.sheet import Sheet
from tests import named
from tests.secrets import found, plant

DAY = "2099-12-31"
"""A day to look back from on which all of it has been said, whenever the tests are run."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("secrets") / "hb"
    assert plant(home) > 800
    return home


@pytest.fixture(scope="module")
def p(home: Path) -> Partnership:
    return Partnership(home)


def test_the_secrets_are_there_to_be_found(p: Partnership) -> None:
    assert len(found("".join(views.worksheet(p.book, slug, private=True) for slug in worksheets.every()))) > 400


@pytest.mark.parametrize("as_of", ["", DAY])
@pytest.mark.parametrize("reader", ["partners", "public"])
def test_no_page_holds_one(home: Path, tmp_path: Path, as_of: str, reader: Reader) -> None:
    pages = export.pages(home, tmp_path / "pages", reader=reader, lesson=not as_of, as_of=as_of)
    assert len(pages) > len(worksheets.every()) + 10
    assert not found("".join(path.read_text("utf-8") for path in pages))


@pytest.mark.parametrize("as_of", ["", DAY])
def test_no_page_for_the_public_names_anybody_who_has_not_said_yes(tmp_path: Path, as_of: str) -> None:
    home = tmp_path / "names"
    assert named.plant(home) == 40
    cell = new_code_cell("names", outputs=[new_output("execute_result", {"text/plain": "Quillon Zq01"})])
    nbformat.write(new_notebook(cells=[cell]), home / "20-mine.ipynb")
    for reader, expected in (("partners", 30), ("public", 0)):
        pages = export.pages(home, tmp_path / reader, reader=reader, lesson=True, as_of=as_of, say=str)
        names = named.named("".join(path.read_text("utf-8") for path in pages))
        assert len(names) >= expected
        assert reader == "partners" or not names


@pytest.mark.parametrize("kind", ["blank", "facilitator"])
def test_no_paper_holds_one(home: Path, tmp_path: Path, kind: str) -> None:
    assert not found("".join(path.read_text("utf-8") for path in export.paper(home, tmp_path / kind, kind)))


@pytest.mark.parametrize("source", ["partnership.history(private=True)", "show(p, **{'private': True})"])
def test_what_a_cell_asked_for_by_name_and_saved_is_on_a_page_only_if_the_export_asks_too(
    tmp_path: Path, source: str
) -> None:
    output = new_output("execute_result", {"text/plain": "ZQX0001SECRET", "text/html": "<p>ZQX0001SECRET</p>"})
    nbformat.write(new_notebook(cells=[new_code_cell(source, outputs=[output])]), tmp_path / "20-mine.ipynb")
    export.pages(tmp_path, tmp_path / "pages")
    assert not secrets_in(tmp_path / "pages")
    export.pages(tmp_path, tmp_path / "pages", reader="facilitator")
    assert secrets_in(tmp_path / "pages")


HOW = ("repr", "json", "pandas")
OUTPUTS = ("text/plain", "text/html", "stream")


@pytest.fixture(scope="module")
def taken_out(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose notebooks show private answers, each in another way: its `pages`, and the `private` ones."""
    place = tmp_path_factory.mktemp("taken-out")
    folder = shutil.copytree(home, place / "hb")
    partnership = Partnership(folder)
    for number, person in enumerate(partnership["profile"].people):
        note = f"ZQX{number:04}SECRET: it's “a <b>long</b> one”, which nobody else may read & hear"
        partnership.change("profile", person.id, note=note)
    people = [person.model_dump(mode="json") for person in partnership["profile"].people]
    shown = (
        repr(people),
        json.dumps(people, ensure_ascii=False, indent=1),
        repr(pd.DataFrame(people)[["name", "note"]]),
    )
    source = 'people = partnership["profile"].model_dump()["people"]'
    for how, words in zip(HOW, shown, strict=True):
        for kind in OUTPUTS:
            data = {"text/html": f"<pre>{html.escape(words)}</pre>"} if kind == "text/html" else {"text/plain": words}
            output = new_output("stream", text=words) if kind == "stream" else new_output("execute_result", data)
            cells = [new_code_cell(source, outputs=[output]), new_markdown_cell("What stands below is there.")]
            nbformat.write(new_notebook(cells=cells), folder / f"{notebook_of(how, kind)}.ipynb")
    export.pages(folder, place / "pages")
    export.pages(folder, place / "private", reader="facilitator")
    return place


def notebook_of(how: str, kind: str) -> str:
    return f"20-{how}-{kind.rsplit('/', 1)[-1]}"


@pytest.mark.parametrize("kind", OUTPUTS)
@pytest.mark.parametrize("how", HOW)
def test_private_answers_that_a_cell_took_out_by_itself_are_on_a_page_only_if_the_export_asks(
    taken_out: Path, kind: str, how: str
) -> None:
    name = f"{notebook_of(how, kind)}.html"
    page = (taken_out / "pages" / name).read_text("utf-8")
    assert not found(page)
    assert "holds an answer for the facilitator only" in page
    assert "What stands below is there." in page
    assert found((taken_out / "private" / name).read_text("utf-8"))


def test_what_a_cell_says_of_public_answers_stays_on_the_page(home: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(home, tmp_path / "hb")
    words = str([person.name for person in Partnership(folder)["profile"].people]) + " confirmed person-1 s-1"
    cell = new_code_cell("names", outputs=[new_output("execute_result", {"text/plain": words})])
    nbformat.write(new_notebook(cells=[cell]), folder / "20-mine.ipynb")
    export.pages(folder, tmp_path / "pages")
    assert "Adaeze Whitcomb" in (tmp_path / "pages" / "20-mine.html").read_text("utf-8")


def secrets_in(folder: Path) -> set[str]:
    return found("".join(path.read_text("utf-8", "replace") for path in folder.rglob("*") if path.is_file()))


@pytest.mark.parametrize("case", ["all", "one worksheet", "a notebook less", "a broken notebook", "cut short", "paper"])
def test_no_old_private_page_stays_beside_new_ones(
    home: Path, tmp_path: Path, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, pages = shutil.copytree(home, tmp_path / "hb"), tmp_path / "pages"
    export.pages(folder, pages, reader="facilitator")
    assert secrets_in(pages)
    if case == "a notebook less":
        (folder / "04-value.ipynb").unlink()
    if case == "a broken notebook":
        (folder / "04-value.ipynb").write_text("{", "utf-8")
    if case == "cut short":
        write = site.write

        def cut(path: Path, html: str) -> Path:
            if path.stem == "04-value":
                raise KeyboardInterrupt
            return write(path, html)

        monkeypatch.setattr(site, "write", cut)
    with contextlib.suppress(export.ExportError, KeyboardInterrupt):
        if case == "paper":
            export.paper(folder, pages, "blank")
        else:
            export.pages(folder, pages, ("purpose",) if case == "one worksheet" else ())
    assert list(pages.glob("*.html"))
    assert not secrets_in(pages)


@pytest.mark.parametrize(
    "words",
    [
        ("status",),
        ("check",),
        ("check", "--json"),
        ("history",),
        ("history", "--worksheet", "value"),
        ("compare", "--as-of", "1"),
        ("compare", "--as-of", DAY),
    ],
    ids=" ".join,
)
def test_no_command_says_one(home: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit):
        cli.main([words[0], str(home), *words[1:]])
    captured = capsys.readouterr()
    assert captured.out
    assert not found(captured.out + captured.err)
    assert "VA22" not in captured.out, "a finding that only the facilitator may read"
    assert "CM24" not in captured.out


@pytest.mark.parametrize("words", [("check",), ("check", "--json"), ("history",), ("compare", "--as-of", "1")])
def test_with_private_a_command_says_them(home: Path, capsys: pytest.CaptureFixture[str], words) -> None:
    with pytest.raises(SystemExit):
        cli.main([words[0], str(home), *words[1:], "--private"])
    assert found(capsys.readouterr().out)


def test_status_counts_private_findings_only_when_asked(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def status(*more: str) -> str:
        with pytest.raises(SystemExit):
            cli.main(["status", str(home), *more])
        return capsys.readouterr().out

    assert status() != status("--private")


@pytest.mark.parametrize("name", charts.every())
def test_no_chart_holds_one(p: Partnership, name: str) -> None:
    drawn = p.chart(name)
    assert not found(
        f"{drawn._repr_html_()} {drawn.numbers} {drawn.words_said} {charts.of(name, p.book.public()).svg()}"
    )


def test_no_repr_shows_one(p: Partnership) -> None:
    book = p.book
    shown = [
        p,
        book,
        *book,
        *book.row_by_id.values(),
        *book.removed.values(),
        p["profile"].people,
        p["convener"].scores,
    ]
    shown += [p.store.history(), p.store.history("value"), p.history(), p.compare(1), p.check().results]
    for checked in (p.check(), p.check("value"), p.picture()):
        shown += [checked, list(checked), checked.findings, checked.results, checked._repr_mimebundle_()]
    shown += [p.findings(), p.changes("2026-10-01")._repr_html_(), p.overview()._repr_html_(), p.ratings()]
    shown += [p.handover()._repr_html_(), p.thread()._repr_html_()]
    for thing in shown:
        words = f"{thing!r} {thing} {thing._repr_html_() if hasattr(thing, '_repr_html_') else ''}"
        assert not found(words), words[:300]


def test_nothing_that_carries_an_answer_shows_it_in_its_repr(p: Partnership, tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    path.write_bytes(interchange.write(p.store, ".json", private=True).replace(b"SECRET", b"SECRETER"))
    contents, form = interchange.read(path)
    planned = interchange.plan(p.store, contents, form)
    assert len(planned.changed) > 100
    carried = Edit("profile", "note", "ZQX0001SECRET"), Ballot("round-1", "", "", {"2.1": "ZQX0001SECRET"})
    assert not found(f"{contents} {planned} {carried}")


def test_every_field_of_ours_that_holds_an_answer_is_left_out_of_the_repr() -> None:
    shown = []
    for module in pkgutil.walk_packages(ctekit.__path__, "ctekit."):
        if module.name.endswith("__main__"):
            continue
        for name, kind in vars(importlib.import_module(module.name)).items():
            if isinstance(kind, type) and kind.__module__ == module.name and dataclasses.is_dataclass(kind):
                shown += [
                    f"{name}.{field.name}"
                    for field in dataclasses.fields(kind)
                    if field.repr and field.type in ("Json", "Mapping[str, Json]")
                ]
    assert not shown


def test_no_row_or_worksheet_gives_one_away_when_it_is_made_a_dict_or_a_data_frame(p: Partnership) -> None:
    book = p.book
    for each in (*book, *book.row_by_id.values()):
        assert not found(str(dict(each)))
        assert not found(str(list(each)))
    for sheet in book:
        for table in sheet.tables():
            assert not found(pd.DataFrame(sheet.rows(table)).to_html())


@pytest.mark.parametrize("slug", worksheets.every())
def test_no_frame_holds_one_unless_asked_for(p: Partnership, slug: str) -> None:
    for table, question in worksheets.called(slug).tables().items():
        if not question.private:
            frame = p.frame(f"{slug}.{table}")
            assert not found(frame.to_csv() + frame.to_html() + str(frame.attrs))


def test_restoring_tells_of_no_private_answer(home: Path, tmp_path: Path) -> None:
    plant(tmp_path / "hb")
    p = Partnership(tmp_path / "hb")
    before = p.store.latest()
    p.change("value", "x-1", action="another")
    history = p.restore("value", before)
    assert p["value"].exchanges[0].action != "another"
    assert not found(repr(history) + history._repr_html_())


@pytest.mark.parametrize("slug", worksheets.every())
def test_no_widget_holds_one_in_what_is_saved_with_a_notebook(p: Partnership, slug: str) -> None:
    sheet = Sheet(p.store, slug)
    assert not found(json.dumps(sheet.get_state(), default=str))
    assert not found(str(p.worksheet(slug)._repr_mimebundle_()))
    checked = p.check(slug)
    assert not found(json.dumps(Findings(p, checked.view, slug).get_state(), default=str))
