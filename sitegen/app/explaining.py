"""Why a page is rendered or left alone, and which pages a file of the site reaches."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Literal

from sitegen.app.parts import digest_parts
from sitegen.app.publication import copy_key
from sitegen.app.report import count_errors
from sitegen.app.rescue import Rescue
from sitegen.app.site import CONFIG_NAME, Site
from sitegen.app.sources import Gathered, Progress
from sitegen.app.survey import Survey, assemble_sources, gather_site
from sitegen.errors import UsageError
from sitegen.model.names import ArticleId, OutPath, Url
from sitegen.model.page import PageSpec
from sitegen.model.source import LOCK_FILE
from sitegen.model.theme import Theme
from sitegen.plan.assets import FileCopy
from sitegen.plan.reach import Mark, Views, find_shown, mark_address, mark_comments, mark_document
from sitegen.plan.schedule import classify
from sitegen.plan.site import SitePlan, plan_site
from sitegen.plan.site_view import normalise_base_url
from sitegen.plan.slugs import slugify
from sitegen.plan.staleness import KEY_PARTS, find_stale
from sitegen.plan.suggestions import Suggester
from sitegen.plan.urls import escape_path, out_path
from sitegen.storage.engine import digest_engine
from sitegen.storage.manifest import read_manifest
from sitegen.storage.output import changed_outputs, name_output
from sitegen.storage.state import STATE_FILE, STATE_FOLDER, State, open_copy
from sitegen.storage.themes import load_theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the things that a page is made from."""

    name: str
    """One of `KEY_PARTS`."""
    changed: bool | None
    """Whether it is another than when the page was published; None for a page that never was."""
    what: str
    """What it is for this page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A file of the output, and whether a build would make it anew."""

    path: OutPath
    """Where it lies."""
    why: str
    """What it has to do with what was asked about."""
    reasons: tuple[str, ...]
    """Why it would be made anew: `new`, `output`, or what changed of what it is made from; nothing: it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The answer."""

    kind: Literal["page", "copy", "source"]
    """What was asked about: a page, a file that is copied, or a source of the site."""
    name: str
    """Its path in the output, or in the site."""
    note: str
    """What it is made from, or what else there is to say of it."""
    outputs: tuple[Output, ...]
    """A page or copy itself; or what the source reaches."""
    parts: tuple[Part, ...] = ()
    """What a page is made from."""
    errors: int = 0
    """How many errors keep a build from publishing anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, and of which build."""

    target: str
    """An address, a path in the output, or a file."""
    folder: Path
    """Where files are looked for first."""
    output: Path
    """Where the site is published."""
    clock: datetime
    """Now."""


def explain(site: Site, question: Question, progress: Progress) -> Explanation:
    """Answer a question about the site, writing nothing.

    Raises UsageError for what is no part of the site, and ContentError where it cannot even be planned.
    """
    with open_copy(site.root / STATE_FOLDER / STATE_FILE) as state:
        return _Inquiry(site, question, state, progress).answer()


class _Inquiry:
    def __init__(self, site: Site, question: Question, state: State, progress: Progress) -> None:
        self.site = site
        self.question = question
        self.engine = digest_engine(site.config.markdown)
        survey = Survey(
            root=site.root, config=site.config, clock=question.clock, engine=self.engine, places=site.places
        )
        self.theme: Theme = load_theme(site.config.theme, site.root)
        self.gathered: Gathered = gather_site(survey, state, Rescue(state, {}), progress)
        self.plan: SitePlan = plan_site(assemble_sources(survey, self.theme, self.gathered))
        self.base_url = normalise_base_url(site.config.base_url)
        self.traces = state.traces(name_output(site.root, question.output))
        self.manifest = read_manifest(question.output) or {}
        self.digests, self.unreadable, self.closures = digest_parts(
            (spec.template for spec in self.plan.specs), self.plan.sites, self.theme, self.engine, {}
        )
        self.views = Views(self.plan.specs)

    def answer(self) -> Explanation:
        for path in self._output_paths():
            for spec in self.plan.specs:
                if spec.path == path:
                    return self._explain_page(spec)
            for copy in self.plan.copies:
                if copy.path == path:
                    (output,) = self._judge_copies([(copy, "is it")])
                    return self._conclude("copy", path, f"a copy of {copy.source}", (output,))
        name = self._source_name()
        if name is None:
            hint = Suggester(self._names()).suggest(self.question.target)
            raise UsageError(f"`{self.question.target}` is no part of this site", hint or "look at `sitegen list`")
        note, outputs = self._reach(name)
        return self._conclude("source", name, note, tuple(outputs))

    def _names(self) -> Iterator[str]:
        """Yield everything that can be asked about by its path or its address."""
        yield from self.gathered.articles
        yield from self.gathered.assets
        for spec in self.plan.specs:
            yield spec.path
            yield f"/{spec.path.removesuffix('index.html')}"

    def _conclude(
        self,
        kind: Literal["page", "copy", "source"],
        name: str,
        note: str,
        outputs: tuple[Output, ...],
        parts: tuple[Part, ...] = (),
    ) -> Explanation:
        unreadable = chain.from_iterable(self.unreadable.values())
        errors = count_errors((*self.gathered.problems, *self.plan.problems, *unreadable))
        return Explanation(kind=kind, name=name, note=note, outputs=outputs, parts=parts, errors=errors)

    def _output_paths(self) -> Iterator[str]:
        """Yield the paths in the output that the target may mean."""
        target = self.question.target
        for base in (self.site.config.base_url, self.base_url):
            if base and target.startswith(base):
                target = f"/{target.removeprefix(base).lstrip('/')}"
        if target.startswith("/"):
            address = Url(escape_path(target.partition("#")[0]))
            yield out_path(address)
            yield f"{out_path(address)}/index.html"
        file = (self.question.folder / target).absolute()
        if file.is_relative_to(self.question.output):
            yield file.relative_to(self.question.output).as_posix()
        yield target

    def _source_name(self) -> str | None:
        """Return the target as a path relative to the site; None where there is no such file."""
        for folder in (self.question.folder, self.site.root):
            file = (folder / self.question.target).absolute()
            if file.is_file() and file.is_relative_to(self.site.root):
                return file.relative_to(self.site.root).as_posix()
        return None

    def _explain_page(self, spec: PageSpec) -> Explanation:
        (output,) = self._judge([(spec, "is it")])
        changed = set(output.reasons)
        is_new = spec.path not in self.traces
        documents = {ArticleId(name): url for name, (_, url) in self.plan.addresses.documents.items()}
        names = self.closures.names(spec.template)
        shown = [f"content/{article}" for article in find_shown(spec, documents)]
        what = {
            "view": f"what it shows: {', '.join(shown) or 'nothing of a document'}",
            "templates": ", ".join(sorted(names)) if names else "every template: one is named while rendering",
            "assets": "the static files of the theme, by content",
            "words": f"the words of the theme in {spec.language}",
            "site": "what every page shows of the site: title, menus, sections, options",
            "engine": "sitegen and the libraries that it renders with",
        }
        states = {name: None if is_new else name in changed for name in KEY_PARTS}
        parts = tuple(Part(name=name, changed=states[name], what=what[name]) for name in KEY_PARTS)
        note = f"made from {spec.source} by {spec.template}"
        return self._conclude("page", spec.path, note, (output,), parts)

    def _judge(self, found: list[tuple[PageSpec, str]]) -> Iterator[Output]:
        """Yield whether pages would be rendered."""
        readable = [(spec, why) for spec, why in found if spec.template in self.digests.templates]
        keys = {path: trace.key for path, trace in self.traces.items()}
        specs = [spec for spec, _ in readable]
        verdicts = find_stale(specs, keys, self._find_damaged({spec.path for spec in specs}), self.digests)
        for verdict, (spec, why) in zip(verdicts, readable, strict=True):
            yield Output(path=spec.path, why=why, reasons=verdict.reasons)
        for spec, why in found:
            if spec.template in self.unreadable:
                yield Output(path=spec.path, why=why, reasons=("templates",))

    def _judge_copies(self, found: list[tuple[FileCopy, str]]) -> Iterator[Output]:
        damaged = self._find_damaged({copy.path for copy, _ in found})
        for copy, why in found:
            trace = self.traces.get(copy.path)
            reasons = ["new"] if trace is None else ["output"] if copy.path in damaged else []
            if trace and trace.key != copy_key(copy):
                reasons.append("content")
            yield Output(path=copy.path, why=why, reasons=tuple(reasons))

    def _find_damaged(self, paths: set[OutPath]) -> set[OutPath]:
        """Return those of `paths` that were changed or deleted since they were published."""
        traces = {path: self.traces[path] for path in paths if path in self.traces}
        changed = changed_outputs(self.question.output, traces, self.manifest)
        return {path for path, trace in changed.items() if trace is None}

    def _reach(self, name: str) -> tuple[str, list[Output]]:
        """Return what there is to say of a source, and what it reaches."""
        if name == LOCK_FILE:
            return "it makes no page: it names the addresses that must last", []
        if name in {CONFIG_NAME, self.site.config_file}:
            return "every page depends on it", self._judge_all("is made with it")
        if name.startswith("themes/"):
            return self._reach_from_theme(name)
        copies = [(copy, "is its copy") for copy in self.plan.copies if copy.source == name]
        if copies:
            marks = [mark for copy, _ in copies for mark in self._mark_file(copy)]
            return "", [*self._judge_copies(copies), *self._judge(list(self.views.find(marks)))]
        owners = {**_turn(self.gathered.sidecars), **_turn(self.gathered.moderations)}
        document = owners.get(name, name)
        if document in self.gathered.articles:
            return self._reach_from_document(document, is_text=document == name)
        if name.startswith("content/") and name.count("/") == _SECTION_DEPTH and Path(name).stem == "_index":
            return "", list(self._judge(list(self.views.find(self._mark_section(name)))))
        return "nothing is made from it" + (", for its errors" if name in self.gathered.unavailable else ""), []

    def _reach_from_document(self, document: str, *, is_text: bool) -> tuple[str, list[Output]]:
        article = self.gathered.articles[document]
        status = classify(article.metadata, self.question.clock)
        if status != "published":
            return f"it is not published: {status}", []
        _, url = self.plan.addresses.documents[article.id]
        snapshot = self.gathered.snapshots.get(document)
        if is_text:
            marks = mark_document(article.id, url, article.body_digest, snapshot, self.base_url)
            found = list(self.views.find(marks, own=document))
        else:
            marks = (*mark_comments(snapshot), Mark(values=(article.id,), why="tells how many there are"))
            found = list(self.views.find(marks))
        return "", list(self._judge(found))

    def _reach_from_theme(self, name: str) -> tuple[str, list[Output]]:
        layer = next((layer for layer in self.theme.layers if name.startswith(f"{layer.folder}/")), None)
        if layer is None:
            return "the site does not use this theme", []
        kind, _, inner = name.removeprefix(f"{layer.folder}/").partition("/")
        if kind == "templates":
            wanted = {inner, f"{layer.name}:{inner}"}
            found = [(spec, "is made with it") for spec in self.plan.specs if self._uses(spec, wanted)]
            return "", list(self._judge(found))
        if kind == "locales":
            language = inner.removesuffix(".toml")
            found = [(spec, "has its words") for spec in self.plan.specs if _reads(spec.language, language)]
            return "", list(self._judge(found))
        return "every page depends on it", self._judge_all("is made with it")

    def _uses(self, spec: PageSpec, wanted: set[str]) -> bool:
        names = self.closures.names(spec.template) if spec.template in self.digests.templates else frozenset()
        return names is None or bool(wanted & names)

    def _judge_all(self, why: str) -> list[Output]:
        return list(self._judge([(spec, why) for spec in self.plan.specs]))

    def _mark_file(self, copy: FileCopy) -> tuple[Mark, ...]:
        return mark_address(escape_path(f"/{copy.path}"), self.base_url, "shows it or links to it")

    def _mark_section(self, name: str) -> list[Mark]:
        slug = slugify(name.split("/")[1])
        groups = [group for index in self.plan.index.languages.values() for group in index.sections]
        urls = [group.named.url for group in groups if group.slug == slug]
        return [mark for url in urls for mark in mark_address(url, self.base_url, "names the section")]


_SECTION_DEPTH = 2


def _reads(language: str, catalogue: str) -> bool:
    """Whether pages in `language` take words from a `catalogue`."""
    return catalogue in {"en", language.split("-", maxsplit=1)[0], language}


def _turn(owners: dict[str, str]) -> dict[str, str]:
    """Return document by sidecar."""
    return {sidecar: document for document, sidecar in owners.items()}
