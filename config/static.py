"""Static files: our own and those that pages use from npm packages, under names that hold a hash of the content."""

import fnmatch
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder, get_finders
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """The storage of whitenoise, except that a file which a package's stylesheet names and lacks is no error.

    Files are compressed by gzip alone: Brotli would take ten seconds at the first start, to spare a browser 20 kB once.
    """

    manifest_strict = False
    support_js_module_import_aggregation = True  # what a module imports has a hash in its name too

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.url = cache(super().url)  # type: ignore[method-assign]  # what was collected does not change while a process lives

    def create_compressor(self, **options: Any) -> Compressor:
        return super().create_compressor(use_brotli=False, **options)

    def hashed_name(self, name: str, content: File | None = None, filename: str | None = None) -> str:
        """The name with its hash; a file that only the stylesheet of its package names keeps its plain name."""
        try:
            return super().hashed_name(name, content, filename)
        except ValueError:
            if not name.startswith("vendor/"):
                raise
            return name


class PackageFinder(BaseFinder):
    """Finds, in each npm package of `settings.PAGE_ASSETS`, only the files that pages use: packages hold thousands."""

    def __init__(self, *_args, **_kwargs):
        self.packages = {
            prefix: (self._storage(prefix, folder), patterns)
            for prefix, (folder, patterns) in settings.PAGE_ASSETS.items()
        }

    def _storage(self, prefix, folder):
        storage = FileSystemStorage(location=settings.BASE_DIR / "node_modules" / folder)
        storage.prefix = prefix  # type: ignore[attr-defined]  # as Django’s own finders do
        return storage

    def check(self, **_kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:
        """Where the file served under `path` is, or [] if there is none; with `find_all`, a list."""
        for prefix, (storage, patterns) in self.packages.items():
            name = path.removeprefix(f"{prefix}/")
            if name != path and matches_patterns(name, patterns) and storage.exists(name):
                return [storage.path(name)] if find_all else storage.path(name)
        return []

    def list(self, _ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        """Yield every file with the storage it is in."""
        for storage, patterns in self.packages.values():
            for pattern in patterns:
                folder, _, names = pattern.rpartition("/")
                if storage.exists(folder):
                    yield from ((f"{folder}/{name}".lstrip("/"), storage) for name in _files(storage, folder, names))


def _files(storage, folder, pattern):
    return fnmatch.filter(storage.listdir(folder)[1], pattern)


def collect_if_changed() -> None:
    """Collect the static files, unless those collected last time are the same (by name, size and time of change).

    A release brings them, and its folder need not be writable.
    """
    if settings.IS_RELEASE:
        return
    now = _state_of_the_sources()
    stamp = settings.VAR_DIR / "collected-static-files"
    if settings.STATIC_ROOT.exists() and stamp.exists() and stamp.read_text() == now:
        return
    if not settings.EMBEDDED:
        _make_room()
    call_command("collectstatic", interactive=False, verbosity=0, clear=settings.EMBEDDED)
    stamp.write_text(now)


def _make_room():
    """Remove what has a plain name: a file is not collected over a younger one. Those with a hash in their name stay.

    Processes of the version before name these until they end. In the embedded mode all have ended.
    """
    for path, _storage in _sources():
        (settings.STATIC_ROOT / path).unlink(missing_ok=True)


def _sources():
    return (found for finder in get_finders() for found in finder.list([]))


def _state_of_the_sources():
    facts = [(path, storage.size(path), storage.get_modified_time(path).isoformat()) for path, storage in _sources()]
    return hashlib.sha256(repr(sorted(facts)).encode()).hexdigest()
