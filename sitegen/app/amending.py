"""An edit after which the site as a whole stays as it was: its pages are made anew, and no other is even planned.

While all else is as the receipt of the last build says, pages can only be others that show what was edited. A text is
exchanged where it stands; for headlines, comments and whatever else changes no place, the pages are planned again.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from sitegen.app.aside import ask_aside
from sitegen.app.edits import Amendment, Edit, list_tasks, recall_article
from sitegen.app.exchanging import exchange_texts, read_texts
from sitegen.app.garbage import collect_rarely
from sitegen.app.groundwork import SPEC, Groundwork, runs_extensions, write_groundwork
from sitegen.app.keys import digest_reading
from sitegen.app.limits import TooSlowError
from sitegen.app.parsing import Parsed, read_tasks
from sitegen.app.report import BuildReport, sort_problems
from sitegen.app.shelf import Shelf
from sitegen.app.standing import Receipt
from sitegen.errors import ContentError, Problem
from sitegen.model.codec import UnreadableError, decode, encode
from sitegen.model.digests import digest_bytes
from sitegen.model.names import Digest, OutPath
from sitegen.model.page import PageSpec, SpecWriter, encode_spec
from sitegen.model.theme import Theme
from sitegen.model.values import replace
from sitegen.plan.out_paths import MANIFEST
from sitegen.plan.staleness import KeyWriter, is_alike, renew_key
from sitegen.plan.texts import list_texts
from sitegen.render.environment import build_environment
from sitegen.render.page import render_page
from sitegen.storage.files import read_bytes
from sitegen.storage.manifest import recall_manifest
from sitegen.storage.output import stat_trace
from sitegen.storage.publish import open_staging, publish, write_staged
from sitegen.storage.state import State
from sitegen.storage.tables import DOCUMENTS, LINES, RELATED, TEXTS, Texts
from sitegen.storage.theme_files import digest_theme_files
from sitegen.storage.themes import load_theme_in


def amend(edit: Edit, state: State) -> BuildReport | None:
    """Publish what is different with `edit`; None, and nothing is done, where a build has to look at the whole site.

    Raises MachineError where the disk stands in the way.
    """
    try:
        with collect_rarely():
            return _Amending(edit, state).run()
    except (ContentError, TooSlowError, UnreadableError):
        return None  # a build tells what is wrong, and all else that is


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A page that is another now."""

    spec: PageSpec
    key: Digest
    data: bytes = b""
    digest: str = ""
    """SHA-256 of `data`."""


class _Amending:
    def __init__(self, edit: Edit, state: State) -> None:
        self.edit = edit
        self.state = state
        self.output = edit.order.output
        self.name = edit.output

    def run(self) -> BuildReport | None:
        data = self.state.groundwork(self.name)
        groundwork = decode(data, Groundwork) if data else None
        if groundwork is None or runs_extensions(groundwork.config) or self._is_secret_edited(groundwork):
            return None
        texts = self.state.texts(self.name)
        versions = read_texts(self.edit, groundwork.config, self.state, texts)
        if versions is None:
            return self._revise(groundwork, texts)
        keys = self.state.keys(self.name)
        amendment = exchange_texts(versions, self.state, texts, keys)
        return self._apply(amendment, self._load_theme(groundwork), keys, groundwork)

    def _is_secret_edited(self, groundwork: Groundwork) -> bool:
        """Whether other traces have to be looked for than when all pages were looked through."""
        return any(f"content/{identity}" in self.edit.paths for identity in groundwork.embargoed)

    def _revise(self, groundwork: Groundwork, texts: Texts) -> BuildReport | None:
        """Publish an edit of more than texts."""
        tasks = list_tasks(self.edit)
        if not tasks or len(tasks) > _MANY:
            return None
        self.state.set_aside()
        # To load what reads front matter takes as long as to recall what is known of the site.
        question = partial(read_tasks, str(self.edit.order.root), groundwork.config, tasks)
        with ask_aside(question, tuple[Parsed, ...], self.edit.jobs) as read:
            # Nobody pays for loading what plans without an edit that asks for it.
            from sitegen.app.revising import Revising  # noqa: PLC0415

            keys, theme = self.state.keys(self.name), self._load_theme(groundwork)
            revising = Revising(self.edit, groundwork, theme, self.state, texts, keys)
            amendment = revising.run(dict(zip(tasks, read(), strict=True)))
        return self._apply(amendment, theme, keys, groundwork) if amendment else None

    def _load_theme(self, groundwork: Groundwork) -> Theme:
        return load_theme_in(groundwork.sites, self.edit.receipt.theme, self.edit.order.root)

    def _apply(
        self, amendment: Amendment, theme: Theme, keys: Mapping[OutPath, Digest], groundwork: Groundwork
    ) -> BuildReport | None:
        if self.edit.order.strict and any(amendment.told.values()):
            return None
        pages = self._choose_pages(amendment, theme, keys, groundwork)
        for kind, values in amendment.values.items():
            self.state.store(kind, list(values.items()))
        made = self._render(pages, groundwork, theme)
        self._look_through(made, groundwork)
        return self._publish(made, amendment, groundwork)

    def _choose_pages(
        self, amendment: Amendment, theme: Theme, keys: Mapping[OutPath, Digest], groundwork: Groundwork
    ) -> tuple[_Page, ...]:
        """Return the pages that are others now; raises ContentError for a template that cannot be read.

        Raises UnreadableError where the last build has put something else in the place of a page.
        """
        planned = amendment.specs
        if all(spec.path in keys for spec in planned) and not amendment.added:
            writer = SpecWriter()
            made = [(spec, renew_key(keys[spec.path], writer.digest(spec))) for spec in planned]
        else:
            made = self._make_keys(planned, theme, groundwork)
        if any(spec.path in keys and not is_alike(key, keys[spec.path]) for spec, key in made):
            raise UnreadableError("something else stands where a page belongs")
        return tuple(_Page(spec=spec, key=key) for spec, key in made if key != keys.get(spec.path))

    def _make_keys(
        self, specs: Sequence[PageSpec], theme: Theme, groundwork: Groundwork
    ) -> list[tuple[PageSpec, Digest]]:
        """Return pages with their keys, of which some are new; raises ContentError for an unreadable template."""
        from sitegen.app.parts import digest_parts, recall_references  # noqa: PLC0415 -- hardly any edit makes a page

        engine, names = self.edit.receipt.program.digest, [spec.template for spec in specs]
        known = recall_references(self.state, theme, engine)
        digests, unreadable, _ = digest_parts(names, groundwork.sites, theme, engine, known)
        if unreadable:
            raise ContentError([problem for problems in unreadable.values() for problem in problems])
        writer = KeyWriter(digests)
        return [(spec, writer.build(spec)) for spec in specs]

    def _render(self, pages: Iterable[_Page], groundwork: Groundwork, theme: Theme) -> tuple[_Page, ...]:
        """Return pages with their bytes; raises ContentError where a template fails."""
        environment = build_environment(theme, groundwork.sites)
        shelf = Shelf(self.state)
        made = ((page, render_page(page.spec, environment, theme, groundwork.sites, shelf).data) for page in pages)
        return tuple(replace(page, data=data, digest=hashlib.sha256(data).hexdigest()) for page, data in made)

    def _look_through(self, pages: Iterable[_Page], groundwork: Groundwork) -> None:
        """Raise ContentError where a page shows a trace of what is under embargo."""
        if not groundwork.embargoed:
            return
        from sitegen.app.secrets import guard_embargoed  # noqa: PLC0415 -- hardly any site has secrets

        about = digest_reading(groundwork.config, self.edit.receipt.program.digest)
        load_article = partial(recall_article, self.edit, about, self.state)
        guard = guard_embargoed(groundwork.embargoed, load_article, self.state)
        for page in pages:
            guard.look_at(page.spec.path, page.data, page.spec.source)
        if guard.problems:
            raise ContentError(guard.problems)

    def _publish(self, pages: tuple[_Page, ...], amendment: Amendment, groundwork: Groundwork) -> BuildReport | None:
        receipt, output = self.edit.receipt, self.output
        entries = recall_manifest(output, receipt.manifest)
        if entries is None or digest_theme_files(receipt.theme, self.edit.order.root) != receipt.theme_files:
            return None
        changed = [page for page in pages if entries.get(page.spec.path) != page.digest]
        total = receipt.report.unchanged + sum(page.spec.path not in entries for page in pages)
        if changed:
            with open_staging(output) as staging:
                for page in changed:
                    name = staging.reserve(page.spec.path)
                    write_staged(str(output), name, page.spec.path, page.data)
                    staging.note(page.spec.path, name, page.spec.wave)
                publish(staging, output, entries | {page.spec.path: page.digest for page in changed}, ())
        report = replace(
            receipt.report,
            problems=self._renew_problems(amendment),
            articles=receipt.report.articles + len(amendment.added),
            comments=receipt.report.comments + amendment.comments,
            unchanged=total,
        )
        receipt = replace(receipt, report=report)
        if amendment.added:
            receipt = self._welcome(amendment, receipt)
        self._note(pages, amendment, groundwork, receipt)
        return replace(receipt.report, rendered=len(pages), written=len(changed), unchanged=total - len(changed))

    def _renew_problems(self, amendment: Amendment) -> tuple[Problem, ...]:
        """Return what is told of the site now."""
        known = self.edit.receipt.report.problems
        if not amendment.told:
            return known
        others = (problem for problem in known if problem.file not in amendment.told)
        return sort_problems((*others, *chain.from_iterable(amendment.told.values())))

    def _welcome(self, amendment: Amendment, receipt: Receipt) -> Receipt:
        """Return the receipt of a site with new articles, and keep their addresses in mind."""
        # Only new articles have addresses and days of their own.
        from sitegen.app.permalinks import add_to_file, save_file  # noqa: PLC0415
        from sitegen.plan.schedule import find_next_change, find_validity  # noqa: PLC0415

        root, clock, report = self.edit.order.root, self.edit.clock, receipt.report
        valid_from, valid_until = find_validity(amendment.added, clock)
        changes = [change for change in (report.next_change, find_next_change(amendment.added, clock)) if change]
        if self.edit.order.addresses == "keep":
            cards = (amendment.documents[article.id].card for article in amendment.added)
            urls = {card.id: card.link.url for card in cards if card.link.url}
            data = add_to_file(root, urls)
            receipt = replace(receipt, permalinks=digest_bytes(data))
            report = replace(report, problems=sort_problems((*report.problems, *save_file(root, data))))
        return replace(
            receipt,
            valid_from=max((at for at in (receipt.valid_from, valid_from) if at), default=None),
            valid_until=min((at for at in (receipt.valid_until, valid_until) if at), default=None),
            report=replace(report, next_change=min(changes, default=None)),
        )

    def _note(self, pages: Iterable[_Page], amendment: Amendment, groundwork: Groundwork, receipt: Receipt) -> None:
        """Remember what is published now, and leave what the next edit needs."""
        scan, manifest = self.edit.scan, digest_bytes(read_bytes(self.output / MANIFEST))
        receipt = replace(receipt, contents=scan.contents, manifest=manifest)
        outline = amendment.outline
        self.state.store(SPEC, [(page.key, encode_spec(page.spec)) for page in pages if any(list_texts(page.spec))])
        self.state.amend_scan(scan, self.edit.last)
        self.state.amend(
            self.name,
            {page.spec.path: stat_trace(self.output, page.spec.path, page.key, page.digest) for page in pages},
            amendment.published,
            {
                TEXTS: amendment.texts,
                DOCUMENTS: amendment.documents,
                RELATED: amendment.related,
                LINES: amendment.lines,
            },
            encode(receipt),
            write_groundwork(replace(groundwork, outline=outline)) if outline else None,
        )


_MANY = 100
"""Of so many edited files one process at a time could read fewer than a build reads in all."""
