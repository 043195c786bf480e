"""The documentation agrees with the code, and its links lead somewhere."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import click
import pytest
from jinja2 import Environment

from docs.front_matter_forms import ATTRIBUTES, FORMS, Form
from docs.generate import PAGES
from sitegen.cli.main import cli
from sitegen.errors import ContentError, Problem, Severity
from sitegen.model.article import Metadata
from sitegen.model.config import Config
from sitegen.model.values import name_fields
from sitegen.parse.comments import parse_snapshot
from sitegen.parse.config import parse_config
from sitegen.parse.fields import FieldContext, parse_fields
from sitegen.parse.front_matter import split_document
from sitegen.render.filters import install_filters

REPOSITORY = Path(__file__).resolve().parent.parent
DOCUMENTS = (
    *(REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((REPOSITORY / "docs").rglob("*.md")),
)


def name_of(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def read(path: str) -> str:
    return (REPOSITORY / path).read_text(encoding="utf-8")


def strip_code(markdown: str) -> str:
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^(```+).*?^\1$", "", markdown, flags=re.DOTALL | re.MULTILINE))


def find_anchors(markdown: str) -> set[str]:
    headings = re.findall(r"^#{1,6} (.+)$", re.sub(r"^```.*?^```$", "", markdown, flags=re.DOTALL | re.MULTILINE), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_links_between_documents_resolve(path: Path) -> None:
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", strip_code(path.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, fragment = unquote(target).partition("#")
        document = (path.parent / name).resolve() if name else path
        if not document.exists() or (fragment and fragment not in find_anchors(document.read_text(encoding="utf-8"))):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("name", PAGES)
def test_generated_pages_are_in_step(name: str) -> None:
    assert read(f"docs/reference/{name}") == PAGES[name](), "run `make docs`"


def walk_commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from walk_commands(command, (*path, name))


def list_flags(command: click.Command) -> list[str]:
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    return [flag for option in options if not option.hidden for flag in (*option.opts, *option.secondary_opts)]


def test_every_command_and_every_option_is_documented() -> None:
    text = read("docs/reference/cli.md")
    sections = dict(re.findall(r"^## `sitegen ([^\n`]*)`\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE))
    commands = {" ".join(path): command for path, command in walk_commands(cli)}
    assert set(commands) - set(sections) == set(), "a command without a section"
    assert set(sections) - set(commands) == set(), "a section without a command"
    missing = [
        f"{name} {flag}"
        for name, command in commands.items()
        for flag in list_flags(command)
        if flag not in sections[name]
    ]
    before_commands = text.split("\n## `sitegen ")[0]
    assert [*missing, *(flag for flag in list_flags(cli) if flag not in before_commands)] == []


def list_keys(table: type) -> Iterator[str]:
    for field in fields(table):
        yield field.name
        nested = field.default
        if is_dataclass(nested) and not isinstance(nested, type):
            yield from list_keys(type(nested))


def test_every_configuration_key_is_documented() -> None:
    text = read("docs/reference/configuration.md")
    assert [key for key in list_keys(Config) if f"`{key}`" not in text] == []


def test_every_front_matter_key_is_documented() -> None:
    known = set(name_fields(Metadata))
    derived = {"section_title", "comments_path"}
    documented = {ATTRIBUTES.get(key, key) for key in FORMS}
    assert documented == known - derived


def as_document(form: Form) -> str:
    """Return a document that has the form, and what else it needs."""
    needed = {"title": "title: Bridge reopens", "date": "date: 2023-07-09"}
    lines = [line for key, line in needed.items() if not form.written.startswith(f"{key}:")]
    return "\n".join(["---", *lines, form.written, "---", "", "Text.", ""])


def find_problems(text: str, path: str) -> tuple[Problem, ...]:
    """Return everything that the parser has to say to a document."""
    context = FieldContext(
        path=path, kind="article", section=None, stem="bridge", zone=ZoneInfo("UTC"), language="en", best=5, aliases={}
    )
    try:
        raw = split_document(text, path)
        _, _, problems = parse_fields(raw, context)
    except ContentError as failure:
        return failure.problems
    return (*raw.warnings, *problems)


@pytest.mark.parametrize("form", [form for forms in FORMS.values() for form in forms], ids=lambda form: form.written)
def test_documented_front_matter_is_read_as_documented(form: Form) -> None:
    severities = {problem.severity for problem in find_problems(as_document(form), "content/world/bridge.md")}
    assert severities == {"read": set(), "warning": {Severity.WARNING}, "error": {Severity.ERROR}}[form.outcome]


def test_every_dependency_is_explained_with_its_licence() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    wanted = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    names = {re.split(r"[<>=\[; ]", requirement)[0].lower() for requirement in wanted}
    rows = re.findall(r"^\| \[?`([^`]+)`\S* \| ([^|]+) \| ([^|]+) \|", read("docs/explanation/dependencies.md"), re.M)
    assert {name.lower() for name, _, _ in rows} == names
    assert [name for name, reason, licence in rows if not reason.strip() or not licence.strip()] == []


def find_examples(language: str) -> list[tuple[str, str]]:
    pattern = rf"^```{language}\n(.*?)^```$"
    return [
        (name_of(path), code)
        for path in DOCUMENTS
        for code in re.findall(pattern, path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    ]


@pytest.mark.parametrize(("name", "code"), find_examples("toml"))
def test_examples_of_configuration_are_valid(name: str, code: str) -> None:
    assert isinstance(parse_config(code, name), Config)


@pytest.mark.parametrize(("name", "code"), find_examples("json"))
def test_examples_of_snapshots_are_valid(name: str, code: str) -> None:
    snapshot = parse_snapshot(code, name)
    assert snapshot.comments
    assert snapshot.warnings == ()


@pytest.mark.parametrize(("name", "code"), find_examples("markdown"))
def test_examples_of_articles_are_valid(name: str, code: str) -> None:
    assert find_problems(code, name) == ()


def test_every_filter_and_function_of_templates_is_documented() -> None:
    own = Environment(autoescape=True)
    install_filters(own, {}, {})
    plain = Environment(autoescape=True)
    text = read("docs/reference/views.md")
    filters = [name for name in own.filters if name not in plain.filters and f"\\| {name} }}}}" not in text]
    functions = [name for name in own.globals if name not in plain.globals and f"{{{{ {name}(" not in text]
    assert (filters, functions) == ([], [])


def test_every_make_target_that_the_documents_name_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.M))
    named = {
        target
        for path in DOCUMENTS
        for target in re.findall(r"(?:`|^)make ([a-z-]+)", path.read_text(encoding="utf-8"), re.M)
    }
    assert named - targets == set()
