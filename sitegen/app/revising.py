"""Documents or comments that were edited: the pages that can be others with them are planned, and no other page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sitegen.app.edits import Amendment, Edit, find_owner, move_texts, recall_spec
from sitegen.app.groundwork import DOCUMENT_ROWS, LINE_ROWS, RELATED_ROWS, Groundwork
from sitegen.app.inventory import name_sidecars
from sitegen.app.keys import digest_commenting, digest_reading
from sitegen.app.parsing import Parsed, Task
from sitegen.app.shelf import recall
from sitegen.app.sources import article_id, key_task, list_threads
from sitegen.errors import Problem
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
from sitegen.plan.urls import out_path
from sitegen.storage.state import State
from sitegen.storage.tables import DOCUMENTS, LINES, RELATED, Texts, decode_table


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
    told: Mapping[str, tuple[Problem, ...]]
    """What there is to tell of its files."""


class Revising:
    """Finds out what is different with an edit.

    `texts` and `keys` are those of the last publication.
    """

    def __init__(
        self,
        edit: Edit,
        groundwork: Groundwork,
        theme: Theme,
        state: State,
        texts: Texts,
        keys: Mapping[OutPath, Digest],
    ) -> None:
        """Recall what is known of the site."""
        self.edit = edit
        self.groundwork = groundwork
        self.theme = theme
        self.state = state
        self.texts = texts
        self.keys = keys
        self.documents = decode_table(state.table(DOCUMENTS, edit.output), DOCUMENT_ROWS)
        self.published = state.published(edit.output)
        self.added = {file.path for file in edit.added}
        self.edited = edit.paths
        self.parsed: dict[str, tuple[Task, Parsed]] = {}
        self.told = edit.told

    def run(self, read: Mapping[Task, Parsed]) -> Amendment | None:
        """Return what is different with the edited files, of which `read` is what they say.

        None where that takes a plan of the whole site. Raises UnreadableError where the memory has lost something.
        """
        self.parsed = {task.path: (task, parsed) for task, parsed in read.items()}
        last = self._recall_plan()
        owners = {find_owner(path, self.edit.scan.stamps) for path in self.edited}
        found = [self._read(article_id(owner)) for owner in sorted(owner for owner in owners if owner)]
        documents = [each for each in found if each]
        if len(documents) < len(owners):
            return None
        revision = plan_revision(last, [each.version for each in documents])
        return self._compose(documents, revision) if revision else None

    def _read(self, identity: ArticleId) -> _Read | None:
        """Return a document with its comments; None where a build has to look at them."""
        document, known = f"content/{identity}", self.documents.get(identity)
        snapshot, moderation = name_sidecars(document)
        stamps = self.edit.scan.stamps
        sidecars = {path for path in self.edited if path != document and find_owner(path, stamps) == document}
        if sidecars - {snapshot, moderation} or (known is None and document not in self.added):
            return None
        key = known.comments if known else None
        before, comments_before = self._load_article(identity) if known else None, self._load_comments(key)
        files = (document, snapshot, moderation)
        if not self._say_all(files, _list_warnings(before, comments_before)):
            return None
        after, comments = before, comments_before
        values: dict[str, dict[Digest, bytes]] = {}
        published: dict[str, tuple[Digest, ...]] = {}
        if document in self.edited:
            found = self._take(document, values, "article", "body")
            if found is None:
                return None
            after = decode(found[1], Article)
            published[document] = (found[0], after.body_digest)
        if sidecars:
            found = self._take(snapshot, values, "snapshot", "thread")
            if found is None or not self._is_alone_with(snapshot, key, moderation):
                return None
            key, comments = found[0], decode(found[1], SnapshotFacts)
            published[snapshot] = (key, *list_threads(comments))
        if after is None:
            return None
        version = Version(before=before, after=after, comments_before=comments_before, comments=comments)
        warnings = _list_warnings(after, comments)
        told = {file: tuple(problem for problem in warnings if problem.file == file) for file in files}
        return _Read(version=version, comments=key, values=values, published=published, told=told)

    def _say_all(self, files: Iterable[str], warnings: Iterable[Problem]) -> bool:
        """Whether all that was told of files is what they say by themselves, whatever else there is in the site."""
        return set(warnings) == {problem for file in files for problem in self.told.get(file, ())}

    def _take(
        self, path: str, values: dict[str, dict[Digest, bytes]], kind: str, part: str
    ) -> tuple[Digest, bytes] | None:
        """Return what a file says with its key, and put it among `values`; None where it cannot be used."""
        if path not in self.parsed:
            return None
        task, parsed = self.parsed[path]
        if parsed.value is None or parsed.read != task.digests:
            return None
        config, engine = self.groundwork.config, self.edit.receipt.program.digest
        about = digest_reading(config, engine) if task.kind == "article" else digest_commenting(config, engine)
        key = key_task(task, task.digests, about)
        values |= {kind: {key: parsed.value}, part: dict(parsed.parts)}
        return key, parsed.value

    def _is_alone_with(self, snapshot: str, key: Digest | None, moderation: str) -> bool:
        """Whether a document has this snapshot, no other has it, and nothing but `moderation` can decide about it.

        `key` is that of the comments that the document had before.
        """
        if f"{moderation.removesuffix('.yaml')}.yml" in self.edit.scan.stamps:
            return False
        if key is None:
            return snapshot in self.added and not self._are_comments_missed()
        owners = sum(other.comments == key for other in self.documents.values())
        return owners == 1 and key == self._find_key(snapshot, moderation)

    def _find_key(self, snapshot: str, moderation: str) -> Digest | None:
        """Return the key that comments had before if nothing but `moderation` decided about them, shown or not."""
        last = self.edit.last
        if snapshot not in last.stamps:
            return None
        judge = pick_file(last, moderation) if moderation in last.stamps else None
        task = Task(kind="snapshot", path=snapshot, digest=last.stamps[snapshot][3], moderation=judge)
        about = digest_commenting(self.groundwork.config, self.edit.receipt.program.digest)
        return key_task(task, task.digests, about)

    def _are_comments_missed(self) -> bool:
        """Whether a document may be waiting for comments that another has."""
        return any(problem.code == _COMMENTS for problem in self.edit.receipt.report.problems)

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
            templates=frozenset(name for layer in self.theme.layers for name in layer.templates),
            clock=self.edit.clock,
        )

    def _load_article(self, identity: ArticleId) -> Article:
        keys = self.published.get(f"content/{identity}")
        if not keys:
            raise UnreadableError(f"it is not remembered what was published of {identity}")
        key, *_ = keys
        return decode(recall(self.state, "article", key), Article)

    def _load_comments(self, key: Digest | None) -> SnapshotFacts | None:
        return decode(recall(self.state, "snapshot", key), SnapshotFacts) if key else None

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
        versions = [each.version for each in read]
        pairs = [(each.before.body_digest if each.before else None, each.after.body_digest) for each in versions]
        return Amendment(
            specs=revision.specs,
            values=values,
            published={path: keys for each in read for path, keys in each.published.items()},
            texts=move_texts(pairs, revision.specs, self.state, self.texts),
            documents=documents,
            related=revision.related,
            lines=revision.lines,
            outline=revision.outline,
            comments=more,
            told={file: problems for each in read for file, problems in each.told.items()},
            added=tuple(each.version.after for each in read if each.version.before is None),
        )


def _list_warnings(article: Article | None, comments: SnapshotFacts | None) -> tuple[Problem, ...]:
    """Return what a document and its comments say of themselves."""
    return (*(article.warnings if article else ()), *(comments.warnings if comments else ()))


_COMMENTS = "comments"
"""Code of what is told of comments, and of those that are not where front matter says."""
