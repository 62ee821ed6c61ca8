"""The pages of a folder: which notebooks get one, what is linked, and what is never written over."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import sys
import unicodedata
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from ctekit import copies, open_partnership, rules, samples
from ctekit.export import CtekitExporter, ExportError, pages, paper
from ctekit.store import Edit, StoreError, create_store
from tests import named
from tests.export.exporting import faults, text
from tests.stores import harrow_bend

DECOMPOSED = unicodedata.normalize("NFD", "43-présentation")


def notebook(folder: Path, *names: str, prose: str = "") -> None:
    for name in names:
        nbformat.write(new_notebook(cells=[new_markdown_cell(f"# {name}\n\n{prose}")]), folder / f"{name}.ipynb")


def links(page: Path) -> list[str]:
    addresses = re.findall(r'href="([^"#:]+\.html)', page.read_text(encoding="utf-8"))
    return [unquote(address) for address in addresses]


def names(output: Path) -> list[str]:
    return sorted(path.name for path in output.iterdir())


# Which notebooks get a page


def test_any_name_that_begins_with_two_digits_gets_a_page(tmp_path: Path) -> None:
    stems = ["02-purpose", "42 - a name with spaces", "07_metrics", "08 100% & <b>", DECOMPOSED]
    notebook(tmp_path, *stems)
    sentences: list[str] = []
    pages(tmp_path, tmp_path / "out", say=sentences.append)
    assert names(tmp_path / "out") == sorted([*(f"{stem}.html" for stem in stems), "index.html"])
    assert sentences == []
    for page in (tmp_path / "out").iterdir():
        assert faults(page.read_text(encoding="utf-8")) == []
        assert all((tmp_path / "out" / name).is_file() for name in links(page)), page.name
        assert "A name with spaces" in text(page.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("02-purpose (1)", "it is a copy of 02-purpose.ipynb"),
        ("02-purpose-Copy1", "it is a copy of 02-purpose.ipynb"),
        ("02-purpose-Copy", "it is a copy of 02-purpose.ipynb"),
        ("02-purpose - Copy (2)", "it is a copy of 02-purpose.ipynb"),
        ("02-purpose copy", "it is a copy of 02-purpose.ipynb"),
        ("02-purpose (conflicted copy 2026-11-29)", "it is a copy of 02-purpose.ipynb"),
        ("Untitled", "its name does not begin with two digits"),
        ("2026-notes", "its name does not begin with two digits"),
    ],
)
def test_a_notebook_without_a_page_is_named_with_the_reason(tmp_path: Path, name: str, why: str) -> None:
    notebook(tmp_path, "02-purpose", name)
    sentences: list[str] = []
    pages(tmp_path, tmp_path / "out", say=sentences.append)
    assert len(sentences) == 1
    assert sentences[0].startswith(f"{name}.ipynb has no page: {why}")
    assert names(tmp_path / "out") == ["02-purpose.html", "index.html"]
    pages(tmp_path, tmp_path / "out", [name], say=sentences.append)  # unless it is asked for
    assert f"{name}.html" in names(tmp_path / "out")


@pytest.mark.parametrize("kind", ["pipe", "folder", "socket", "link to a device"])
def test_only_regular_files_are_opened_as_notebooks_and_pictures(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the address of a socket is short
    if kind in ("pipe", "socket") and sys.platform == "win32":
        pytest.skip("Windows has no such files")
    notebook(tmp_path, "02-purpose", prose="![sketch](sketch.png)")
    with closing(socket.socket(socket.AF_UNIX) if kind == "socket" else socket.socket()) as listener:
        for path in (tmp_path / "69-odd.ipynb", tmp_path / "sketch.png"):
            match kind:
                case "pipe":
                    os.mkfifo(path)
                case "folder":
                    path.mkdir()
                case "socket" if path.suffix == ".ipynb":
                    listener.bind(path.name)
                case "link to a device":
                    path.symlink_to(os.devnull)
        sentences: list[str] = []
        pages(tmp_path, tmp_path / "out", say=sentences.append)
        assert sentences == [
            "69-odd.ipynb has no page: it is a folder, a pipe or a device, not a file."
            " Put the notebook itself in its place."
        ]
        assert names(tmp_path / "out") == ["02-purpose.html", "index.html"]
        assert "sketch (sketch.png)" in text((tmp_path / "out" / "02-purpose.html").read_text(encoding="utf-8"))
        with pytest.raises(ExportError, match=r"^69-odd\.ipynb is not a notebook"):
            pages(tmp_path, tmp_path / "out", ["69-odd"])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among files")
def test_a_pipe_where_a_page_or_a_partnership_should_lie_is_said_and_not_opened(tmp_path: Path) -> None:
    notebook(tmp_path, "02-purpose")
    (tmp_path / "out").mkdir()
    os.mkfifo(tmp_path / "out" / "index.html")
    with pytest.raises(ExportError, match=r"^index\.html in .* was not made by ctekit"):
        pages(tmp_path, tmp_path / "out")
    os.mkfifo(tmp_path / "partnership.ctekit")
    with pytest.raises(StoreError, match="is not a partnership of ctekit"):
        pages(tmp_path, tmp_path / "elsewhere")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among files")
def test_a_pipe_beside_a_partnership_is_no_other_copy_of_it(tmp_path: Path) -> None:
    with closing(create_store(tmp_path / "partnership.ctekit")) as store:
        os.mkfifo(tmp_path / "partnership (conflicted copy).ctekit")
        assert list(copies.beside(store)) == []


def test_a_name_that_only_looks_like_a_copy_gets_a_page(tmp_path: Path) -> None:
    stems = ["05-copy", "06-minutes (2026)", "03-recruitment (1)", "09-draft copy"]
    notebook(tmp_path, *stems)
    assert len(pages(tmp_path, tmp_path / "out")) == len(stems) + 1


# What is linked


@pytest.mark.parametrize(
    "content", ["not json", "[]", '{"nbformat": 4, "metadata": {}, "nbformat_minor": 5, "cells": 3}']
)
def test_only_pages_that_exist_are_linked(tmp_path: Path, content: str) -> None:
    notebook(tmp_path, "01-convener", "03-recruitment", prose="[next](02-purpose.ipynb)")
    (tmp_path / "02-purpose.ipynb").write_text(content)
    with pytest.raises(ExportError, match=r"^02-purpose\.ipynb is not a notebook that can be read"):
        pages(tmp_path, tmp_path / "out")
    for page in (tmp_path / "out").iterdir():
        assert "02-purpose.html" not in page.read_text(encoding="utf-8")
        assert all((tmp_path / "out" / name).is_file() for name in links(page))
    resources = {"metadata": {"name": "01-convener", "path": str(tmp_path)}}
    read = nbformat.read(tmp_path / "01-convener.ipynb", as_version=4)
    html, _ = CtekitExporter().from_notebook_node(read, resources)
    assert html == (tmp_path / "out" / "01-convener.html").read_text(encoding="utf-8")


def test_a_notebook_that_cannot_be_made_into_a_page_costs_only_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook(tmp_path, "01-convener", "02-purpose", "03-recruitment")
    whole = CtekitExporter.from_notebook_node

    def broken(self: CtekitExporter, nb: nbformat.NotebookNode, resources: dict[str, dict[str, str]]) -> object:
        if resources["metadata"]["name"] == "02-purpose":
            raise RecursionError
        return whole(self, nb, resources)

    monkeypatch.setattr(CtekitExporter, "from_notebook_node", broken)
    with pytest.raises(ExportError, match=r"02-purpose\.ipynb could not be made into a page; the other pages were wr"):
        pages(tmp_path, tmp_path / "out")
    assert names(tmp_path / "out") == ["01-convener.html", "03-recruitment.html", "index.html"]


def test_a_rule_with_a_fault_costs_its_views_and_not_the_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create_store(tmp_path / "partnership.ctekit").close()
    call = nbformat.v4.new_code_cell("partnership.check()")
    nbformat.write(new_notebook(cells=[call, new_markdown_cell("after")]), tmp_path / "20-mine.ipynb")

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(rules, "check", broken)
    written = pages(tmp_path, tmp_path / "out", reader="facilitator")
    assert all(faults(page.read_text(encoding="utf-8")) == [] for page in written)
    page = tmp_path / "out" / "20-mine.html"
    assert "There is nothing to show for check()." in text(page.read_text(encoding="utf-8"))
    assert "after" in text(page.read_text(encoding="utf-8"))


def test_one_page_alone_links_to_those_that_are_there(tmp_path: Path) -> None:
    notebook(tmp_path, "01-convener", "02-purpose", "03-recruitment")
    pages(tmp_path, tmp_path / "one", ["purpose"])
    assert set(links(tmp_path / "one" / "02-purpose.html")) == {"index.html", "02-purpose.html"}
    pages(tmp_path, tmp_path / "all")
    pages(tmp_path, tmp_path / "all", ["purpose"])
    assert len(set(links(tmp_path / "all" / "02-purpose.html"))) == 4
    assert len(set(links(tmp_path / "all" / "index.html"))) == 4
    assert "Recruitment" in text((tmp_path / "all" / "index.html").read_text(encoding="utf-8"))


# What is written over


@pytest.mark.parametrize("name", ["index.html", "02-purpose.html"])
def test_a_page_of_somebody_else_is_not_written_over_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    notebook(tmp_path, "01-convener", "02-purpose")
    output = tmp_path / "site"
    output.mkdir()
    (output / name).write_text("<!doctype html><title>Our own site</title>")
    with pytest.raises(ExportError, match=f"{name} in .*site was not made by ctekit .* nothing was written"):
        pages(tmp_path, output)
    assert names(output) == [name]
    assert "Our own site" in (output / name).read_text()


@pytest.mark.parametrize("kind", ["blank", "facilitator"])
def test_no_sheet_is_written_over_what_is_not_ours(tmp_path: Path, kind: str) -> None:
    shutil.copy(Path(__file__).parents[2] / "notebooks" / "02-purpose.ipynb", tmp_path)
    output = tmp_path / "site"
    output.mkdir()
    name = {"blank": "ballot.html", "facilitator": "run-sheet-half-day.html"}[kind]
    (output / name).mkdir()
    with pytest.raises(ExportError, match="nothing was written"):
        paper(tmp_path, output, kind)
    assert names(output) == [name]


def test_our_own_pages_are_written_over_also_those_from_before_the_mark(tmp_path: Path) -> None:
    notebook(tmp_path, "02-purpose")
    pages(tmp_path, tmp_path / "out")
    page = tmp_path / "out" / "02-purpose.html"
    assert '<meta name="generator" content="ctekit page">' in page.read_text(encoding="utf-8")
    old = re.sub(r"<meta name=\"generator\".*\n", "", page.read_text(encoding="utf-8"))
    page.write_text(old.replace('class="ctekit-page site"', 'class="ctekit-page page"'), encoding="utf-8")
    pages(tmp_path, tmp_path / "out")
    assert '<meta name="generator" content="ctekit page">' in page.read_text(encoding="utf-8")


def test_no_old_private_page_stays_beside_new_ones(tmp_path: Path) -> None:
    store = create_store(tmp_path / "partnership.ctekit")
    store.save([Edit("purpose", "learners", "everybody")])
    store.close()
    notebook(tmp_path, "01-convener", "02-purpose", "03-recruitment")
    output, sentences = tmp_path / "out", list[str]()
    paper(tmp_path, output)
    pages(tmp_path, output, reader="facilitator")
    assert '<meta name="generator" content="ctekit private page">' in (output / "index.html").read_text("utf-8")
    (output / "mine.html").write_text("mine")
    sheets = len(names(output))
    pages(tmp_path, output, ["purpose"], say=sentences.append)
    assert "01-convener.html" not in names(output)
    assert len(names(output)) == sheets - 3
    assert sentences == [
        f"Removed 3 pages of an earlier export from {output}: 00-start-here.html, families.html, for-the-state.html."
    ]
    assert set(links(output / "02-purpose.html")) == {"index.html", "02-purpose.html"}


def test_no_page_for_partners_stays_beside_those_for_the_public(tmp_path: Path) -> None:
    assert named.plant(tmp_path) == 40
    source = "Thanks to Quillon Zq01"
    nbformat.write(new_notebook(cells=[new_markdown_cell(source)]), tmp_path / "02-purpose.ipynb")
    output = tmp_path / "out"
    pages(tmp_path, output, lesson=True)
    assert named.named((output / "02-purpose.html").read_text("utf-8"))
    written = pages(tmp_path, output, ["purpose"], reader="public", lesson=True)
    assert [path.name for path in written] == names(output) == ["02-purpose.html", "index.html"]
    assert not named.named("".join(path.read_text("utf-8") for path in written))
    pages(tmp_path, output, ["convener"], reader="public")
    assert names(output) == ["01-convener.html", "02-purpose.html", "index.html"], "what is public stays"


def test_a_page_whose_notebook_is_gone_goes_with_the_next_whole_export(tmp_path: Path) -> None:
    notebook(tmp_path, "01-convener", "02-purpose")
    sentences: list[str] = []
    pages(tmp_path, tmp_path / "out")
    (tmp_path / "02-purpose.ipynb").rename(tmp_path / "02-our-purpose.ipynb")
    pages(tmp_path, tmp_path / "out", ["01-convener"], say=sentences.append)
    assert sentences == []
    pages(tmp_path, tmp_path / "out", say=sentences.append)
    assert names(tmp_path / "out") == ["01-convener.html", "02-our-purpose.html", "index.html"]
    assert "02-purpose.html" in sentences[0]
    (tmp_path / "02-our-purpose.ipynb").write_text("broken")
    with pytest.raises(ExportError):
        pages(tmp_path, tmp_path / "out")
    assert "02-our-purpose.html" in names(tmp_path / "out")  # the last good one


# For people


def test_no_page_shows_the_id_of_a_row_or_a_day_that_people_did_not_write_in_digits(tmp_path: Path) -> None:
    harrow_bend(tmp_path / "room")
    partnership = open_partnership(tmp_path / "room")
    partnership.change("plan", "act-1", finding="ME33 metrics/metric-5/owner")
    book = partnership.book
    pages(tmp_path / "room", tmp_path / "out", reader="facilitator")
    typed = json.dumps(samples.read("harrow-bend"), default=lambda day: "")  # what people wrote in words of their own
    for page in sorted((tmp_path / "out").iterdir()):
        words = text(page.read_text(encoding="utf-8"))
        assert [row_id for row_id in book.row_by_id if re.search(rf"\b{row_id}\b", words)] == [], page.name
        assert [day for day in re.findall(r"\d{4}-\d\d-\d\d", words) if day not in typed] == [], page.name
        assert str(book.sheets["profile"].partnership_id) not in words
    plan = text((tmp_path / "out" / "99-whole-picture.html").read_text(encoding="utf-8"))
    assert f"ME33 {book.name('metric-5')}" in plan
