"""Watches the files of a site and says which changed."""

import errno
import logging
import os
import threading
import warnings
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Self

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from sitegen.serve.links import find_link_targets

POLL_SECONDS = 1.0
"""How often files are looked at where the system cannot say that they changed."""

_EVENTS: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileClosedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]
"""What counts: a build reads every file, and that must not be a reason to build again."""

_LIMITS = (errno.ENOSPC, errno.EMFILE)
_DROPPINGS = ("~", ".swp", ".swo")
_JOIN_SECONDS = 1.0

Mark = Callable[[Path], None]


class Watcher:
    """Calls `mark` with the path of everything that changes, from threads of its own, between `with` and its end."""

    def __init__(self, root: Path, names: Collection[str], mark: Mark, say: Callable[[str], None]) -> None:
        """Watch the entries `names` of the site's folder `root`, and what `watch` names; tell people through `say`."""
        self._root = root.resolve()
        self._names = frozenset(names)
        self._mark = mark
        self._say = say
        self._watches: dict[Path, ObservedWatch] = {}
        self._lost: set[Path] = set()
        self._linked: frozenset[str] = frozenset()
        self._guard = threading.Lock()
        _hush_watchdog()
        self._observer = self._begin()

    def watch(self, folders: Iterable[Path], probe: Path) -> None:
        """Watch `folders`, and no others, with everything in them; to be called again whenever anything changed.

        Folders that are not there yet are noticed by their names in the site's folder when they appear. `probe` is a
        folder that nobody else watches.

        Where the system can watch no more folders, files are looked at once a second instead.
        """
        wanted = self._plan(folders)
        try:
            self._watch_exactly(wanted, probe)
        except OSError as failure:
            if failure.errno not in _LIMITS:
                raise
            self._poll(failure)
            self._watch_exactly(wanted, probe)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._observer.stop()
        self._observer.join(_JOIN_SECONDS)

    def _begin(self) -> BaseObserver:
        try:
            observer = Observer(timeout=POLL_SECONDS)
        except OSError as failure:
            if failure.errno not in _LIMITS:
                raise
            return self._begin_polling(failure)
        observer.start()
        return observer

    def _begin_polling(self, failure: OSError) -> BaseObserver:
        self._say(
            f"{failure.strerror}: files are looked at every second instead "
            "(Linux: `sysctl fs.inotify` shows the limits and raises them)"
        )
        observer = PollingObserver(timeout=POLL_SECONDS)
        observer.start()
        return observer

    def _poll(self, failure: OSError) -> None:
        self._observer.stop()
        self._observer.join(_JOIN_SECONDS)
        self._watches.clear()
        self._observer = self._begin_polling(failure)

    def _plan(self, folders: Iterable[Path]) -> dict[Path, bool]:
        """Return what must be watched, and whether with everything in it."""
        whole = [folder.resolve() for folder in folders if folder.is_dir()]
        links = find_link_targets(whole, self._root)
        self._linked = frozenset(file.name for file in links.files if file.parent == self._root)
        flat = {file.parent for file in links.files}
        return dict.fromkeys(flat, False) | dict.fromkeys((*whole, *links.folders), True) | {self._root: False}

    def _watch_exactly(self, wanted: Mapping[Path, bool], probe: Path) -> None:
        with self._guard:
            gone = self._lost | {
                folder for folder, watch in self._watches.items() if wanted.get(folder) is not watch.is_recursive
            }
            self._lost.clear()
        for folder in gone - {self._root}:
            self._unwatch(folder)
        for folder, recursive in wanted.items():
            handler = _RootHandler(self, folder) if folder == self._root else _FolderHandler(self, folder)
            self._watch(folder, handler, recursive=recursive)
        # A folder within a watched one that cannot be watched itself is passed over in silence. One more that must be
        # watched tells whether that happened.
        self._watch(probe, FileSystemEventHandler(), recursive=False)
        self._unwatch(probe)

    def _watch(self, folder: Path, handler: FileSystemEventHandler, *, recursive: bool) -> None:
        if folder in self._watches:
            return
        try:
            watch = self._observer.schedule(handler, str(folder), recursive=recursive, event_filter=_EVENTS)
        except (FileNotFoundError, NotADirectoryError):
            return  # gone again; if it comes back, somebody will say so
        self._watches[folder] = watch

    def _unwatch(self, folder: Path) -> None:
        watch = self._watches.pop(folder, None)
        if watch:
            self._observer.unschedule(watch)

    def notice(self, path: Path) -> None:
        """Mark `path` as changed."""
        self._mark(path)

    def lose(self, folder: Path) -> None:
        """Notice that `folder` is another one than before, which must be watched anew."""
        with self._guard:
            self._lost.add(folder.resolve())
        self._mark(folder)

    def is_wanted(self, name: str) -> bool:
        """Whether the entry `name` of the site's folder is part of the site."""
        return name in self._names or name in self._linked


class _RootHandler(FileSystemEventHandler):
    """Looks at what is in the site's folder itself."""

    def __init__(self, watcher: Watcher, root: Path) -> None:
        self._watcher = watcher
        self._root = root

    def on_any_event(self, event: FileSystemEvent) -> None:
        for path in _paths_of(event):
            if path.parent != self._root or not self._watcher.is_wanted(path.name):
                continue
            if isinstance(event, FileModifiedEvent | FileClosedEvent):
                self._watcher.notice(path)
            else:
                self._watcher.lose(path)


class _FolderHandler(FileSystemEventHandler):
    """Looks at everything in a folder but hidden files and what editors leave behind."""

    def __init__(self, watcher: Watcher, folder: Path) -> None:
        self._watcher = watcher
        self._folder = folder

    def on_any_event(self, event: FileSystemEvent) -> None:
        for path in _paths_of(event):
            if path == self._folder:
                self._watcher.lose(path)
            elif path.is_relative_to(self._folder) and not _is_passed_over(path.relative_to(self._folder)):
                self._watcher.notice(path)


def _hush_watchdog() -> None:
    """Keep off the terminal what watchdog remarks about itself: folders watched twice, the end in the midst of events.

    Where events were lost, it has watched everything anew, and events that came later lead to a build that sees all.
    """
    logging.getLogger("watchdog").addHandler(logging.NullHandler())
    warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning, r"watchdog\.")


def _paths_of(event: FileSystemEvent) -> tuple[Path, ...]:
    return tuple(Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path)


def _is_passed_over(path: Path) -> bool:
    return any(part.startswith(".") or part.endswith(_DROPPINGS) for part in path.parts)
