"""Files for the browser that come from npm packages: an explicit list, no bundler, names with a content hash."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files import File
from django.core.files.storage import FileSystemStorage
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """Hashed names and gzip. Source maps are not served, so references to them are left alone.

    No brotli: it makes the first start four times as long, and a county's network does not feel the difference.
    """

    patterns = tuple(
        (glob, tuple(rule for rule in rules if "sourceMappingURL" not in (rule if isinstance(rule, str) else rule[0])))
        for glob, rules in CompressedManifestStaticFilesStorage.patterns
    )

    def create_compressor(self, **options) -> Compressor:
        return Compressor(**options, use_brotli=False)


class OneFolder(FileSystemStorage):
    """node_modules as collectstatic reads it: the name it asks for is the served one, the file is the package's."""

    def __init__(self, sources: dict[str, Path]) -> None:
        super().__init__(location=settings.NODE_MODULES)
        self.sources = sources
        self.prefix = ""

    def path(self, name: str) -> str:
        return str(self.sources[name])

    def open(self, name: str, mode: str = "rb") -> File:
        return File(self.sources[name].open(mode), name=name)


class NpmFinder(BaseFinder):
    """Finds exactly the files of settings.NPM_FILES: {path inside node_modules: name under static/}."""

    def __init__(self, app_names=None, *args, **kwargs) -> None:
        root = Path(settings.NODE_MODULES)
        self.sources = {served: root / source for source, served in settings.NPM_FILES.items()}
        self.storage = OneFolder(self.sources)
        super().__init__(*args, **kwargs)

    def check(self, **kwargs) -> list[CheckMessage]:
        return [
            Error(f"缺少 {path}，请运行 ./run。 {path.name} is missing: start with ./run.", id="fengqiao.E001")
            for path in self.sources.values()
            if not path.is_file()
        ]

    def find(self, path: str, find_all: bool = False, **kwargs):
        hit = self.sources.get(path)
        if hit is None or not hit.is_file():
            return []
        return [str(hit)] if find_all else str(hit)

    def list(self, ignore_patterns) -> Iterator[tuple[str, FileSystemStorage]]:
        for served in self.sources:
            yield served, self.storage
