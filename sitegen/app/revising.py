"""Documents or comments that were edited: the pages that can be others with them are planned, and no other page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sitegen.app.edits import Amendment, Edit, recall_spec
from sitegen.app.groundwork import DOCUMENT_ROWS, LINE_ROWS, RELATED_ROWS, Groundwork
from sitegen.app.inventory import is_document, is_sidecar, name_sidecars, owner_of
from sitegen.app.keys import digest_commenting, digest_reading
from sitegen.app.parsing import Task, make_parser
from sitegen.app.sources import article_id, key_task, list_threads
from sitegen.model.article import Article
from sitegen.model.codec import UnreadableError, decode
from sitegen.model.facts import SnapshotFacts
from sitegen.model.names import ArticleId, Digest, OutPath
from sitegen.model.outline import Known
from sitegen.model.page import PageSpec
from sitegen.model.recalled import Recalled
from sitegen.model.source import pick_file
from sitegen.model.theme import Theme
from sitegen.plan.last_plan import LastPlan, Version
from sitegen.plan.revision import Revision, plan_revision
from sitegen.plan.texts import find_texts
from sitegen.plan.urls import out_path
from sitegen.storage.state import State
from sitegen.storage.tables import DOCUMENTS, LINES, RELATED, Texts, decode_table


def revise(
    edit: Edit, groundwork: Groundwork, theme: Theme, state: State, texts: Texts, keys: Mapping[OutPath, Digest]
) -> Amendment | None:
    """Return what is different with `edit`; None where that takes a plan of the whole site.

    `texts` and `keys` are those of the last publication. Raises UnreadableError where the memory has lost something.
    """
    return _Revising(edit, groundwork, theme, state, texts, keys).run()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What was read of a document and its comments."""

    version: Version
    """Both, before and after the edit."""
    comments: Digest | None
    """Under which key its comments are remembered from now on."""
    values: Mapping[str, Mapping[Digest, bytes]]
    """What is to be remembered, by kind and key."""
    published: Mapping[str, tuple[Digest, ...]]
    """Under which keys, by file."""


class _Revising:
    def __init__(
        self,
        edit: Edit,
        groundwork: Groundwork,
        theme: Theme,
        state: State,
        texts: Texts,
        keys: Mapping[OutPath, Digest],
    ) -> None:
        self.edit = edit
        self.groundwork = groundwork
        self.theme = theme
        self.state = state
        self.texts = texts
        self.keys = keys
        self.documents = decode_table(state.table(DOCUMENTS, edit.output), DOCUMENT_ROWS)
        self.published = state.published(edit.output)
        self.added = {file.path for file in edit.added}
        self.edited = {file.path for file in edit.files} | self.added
        self.told = {problem.file for problem in edit.receipt.report.problems}
        self.parse = make_parser(str(edit.order.root), groundwork.config)

    def run(self) -> Amendment | None:
        affected = self._find_affected()
        found = [self._read(identity) for identity in affected or ()]
        read = [each for each in found if each]
        if not read or len(read) < len(found):
            return None
        revision = plan_revision(self._recall_plan(), [each.version for each in read])
        return self._compose(read, revision) if revision else None

    def _find_affected(self) -> tuple[ArticleId, ...] | None:
        """Return the documents that the edited files are or belong to; None where one is or does not."""
        affected: list[ArticleId] = []
        for path in sorted(self.edited):
            owners = (path,) if is_document(path) else owner_of(path) if is_sidecar(path) else ()
            owner = next((owner for owner in owners if owner in self.edit.scan.stamps), None)
            if owner is None or not (article_id(owner) in self.documents or owner in self.added):
                return None
            affected.append(article_id(owner))
        return tuple(dict.fromkeys(affected))

    def _read(self, identity: ArticleId) -> _Read | None:
        """Return a document with its comments; None where something is or was to be told about it."""
        document, known = f"content/{identity}", self.documents.get(identity)
        snapshot, moderation = name_sidecars(document)
        if not self.told.isdisjoint({document, snapshot, moderation}):
            return None
        key = known.comments if known else None
        before, comments_before = self._load_article(identity) if known else None, self._load_comments(key)
        after, comments = before, comments_before
        values: dict[str, dict[Digest, bytes]] = {}
        published: dict[str, tuple[Digest, ...]] = {}
        if document in self.edited:
            task = Task(kind="article", path=document, digest=self._digest(document))
            value = self._parse(task, values, "body")
            after = decode(value, Article) if value else None
            if value and after:
                article_key = self._key(task)
                values["article"] = {article_key: value}
                published[document] = (article_key, after.body_digest)
        if not self.edited.isdisjoint({snapshot, moderation}):
            if not self._is_alone_with(snapshot, key, moderation):
                return None
            judge = pick_file(self.edit.scan, moderation) if moderation in self.edit.scan.stamps else None
            task = Task(kind="snapshot", path=snapshot, digest=self._digest(snapshot), moderation=judge)
            value = self._parse(task, values, "thread")
            if value is None:
                return None
            comments, key = decode(value, SnapshotFacts), self._key(task)
            values["snapshot"] = {key: value}
            published[snapshot] = (key, *list_threads(comments))
        if after is None:
            return None
        version = Version(before=before, after=after, comments_before=comments_before, comments=comments)
        return _Read(version=version, comments=key, values=values, published=published)

    def _is_alone_with(self, snapshot: str, key: Digest | None, moderation: str) -> bool:
        """Whether a document has this snapshot, no other has it, and nothing but `moderation` can decide about it.

        `key` is that of the comments that the document had before.
        """
        if f"{moderation.removesuffix('.yaml')}.yml" in self.edit.scan.stamps:
            return False
        if key is None:
            return snapshot in self.added
        owners = sum(other.comments == key for other in self.documents.values())
        return self.published.get(snapshot, (None,))[0] == key and owners == 1

    def _parse(self, task: Task, values: dict[str, dict[Digest, bytes]], kind: str) -> bytes | None:
        """Return what a file says, with its parts put among `values` as a kind; None where it cannot be used."""
        (parsed,) = self.parse((task,))
        values.setdefault(kind, {}).update(parsed.parts)
        return parsed.value if parsed.read == task.digests else None

    def _digest(self, path: str) -> Digest:
        return pick_file(self.edit.scan, path).digest

    def _key(self, task: Task) -> Digest:
        config, engine = self.groundwork.config, self.edit.receipt.program.digest
        about = digest_reading(config, engine) if task.kind == "article" else digest_commenting(config, engine)
        return key_task(task, task.digests, about)

    def _recall_plan(self) -> LastPlan:
        groundwork, cards = self.groundwork, {identity: known.card for identity, known in self.documents.items()}

        def find_spec(identity: ArticleId) -> PageSpec | None:
            url = cards[identity].link.url
            return recall_spec(self.state, out_path(url), self.keys) if url else None

        return LastPlan(
            config=groundwork.config,
            sites=groundwork.sites,
            outline=groundwork.outline,
            cards=cards,
            pages=frozenset(identity for identity, known in self.documents.items() if known.kind == "page"),
            related=decode_table(self.state.table(RELATED, self.edit.output), RELATED_ROWS),
            articles=Recalled(self._load_article),
            snapshots=Recalled(lambda identity: self._load_comments(self.documents[identity].comments)),
            specs=Recalled(find_spec),
            find_lines=lambda: decode_table(self.state.table(LINES, self.edit.output), LINE_ROWS),
            paths=self.keys.keys(),
            is_sound=all(problem.code == _HARMLESS for problem in self.edit.receipt.report.problems),
            templates=frozenset(name for layer in self.theme.layers for name in layer.templates),
            clock=self.edit.clock,
        )

    def _load_article(self, identity: ArticleId) -> Article:
        key, *_ = self.published[f"content/{identity}"]
        return decode(self._load("article", key), Article)

    def _load_comments(self, key: Digest | None) -> SnapshotFacts | None:
        return decode(self._load("snapshot", key), SnapshotFacts) if key else None

    def _load(self, kind: str, key: Digest) -> bytes:
        data = self.state.load(kind, key)
        if data is None:
            raise UnreadableError(f"{kind} {key} is not remembered")
        return data

    def _compose(self, read: Sequence[_Read], revision: Revision) -> Amendment:
        values: dict[str, dict[Digest, bytes]] = {}
        for each in read:
            for kind, found in each.values.items():
                values.setdefault(kind, {}).update(found)
        documents = {
            each.version.after.id: Known(
                kind=each.version.after.kind, card=revision.cards[each.version.after.id], comments=each.comments
            )
            for each in read
        }
        olds = (self.documents[identity].card for identity in documents.keys() & self.documents.keys())
        more = sum(known.card.comment_count for known in documents.values()) - sum(card.comment_count for card in olds)
        return Amendment(
            specs=revision.specs,
            values=values,
            published={path: keys for each in read for path, keys in each.published.items()},
            texts=self._move_texts(read, revision.specs),
            documents=documents,
            related=revision.related,
            lines=revision.lines,
            outline=revision.outline,
            comments=more,
            added=tuple(each.version.after for each in read if each.version.before is None),
        )

    def _move_texts(self, read: Sequence[_Read], specs: Iterable[PageSpec]) -> Texts:
        """Return where the texts stand that are others now, or stand elsewhere."""
        moved: dict[Digest, tuple[OutPath, ...] | None] = {}
        for each in read:
            before, after = each.version.before, each.version.after.body_digest
            if before and before.body_digest == after:
                continue
            if before and self.texts.get(before.body_digest, ()) is not None:
                moved[before.body_digest] = ()
            is_known = after in moved or after in self.texts or self.state.load("body", after) is not None
            moved[after] = None if is_known else ()
        for digest, paths in find_texts(specs).items():
            known = moved.get(digest, self.texts.get(digest, ()))
            if known is not None:
                moved[digest] = tuple(dict.fromkeys((*known, *paths)))
        return moved


_HARMLESS = "base_url"
"""What may be said of a site that no page more can mend."""
