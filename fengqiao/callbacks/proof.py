"""Prove that every archived file is still the one that was put away."""

from collections.abc import Iterator

from fengqiao.ledger.verify import Finding

from .models import Archive
from .package import sha256_of


def archives_are_whole() -> Iterator[Finding]:
    """A finding for each archive whose package is gone or was changed. For `ledger.verify.also_check`."""
    for archive in Archive.objects.order_by("pk").iterator(500):
        name = f"callbacks.archive:{archive.pk}"
        if not archive.file.exists():
            yield Finding(name, "the package is gone")
            continue
        with archive.file.open("rb") as package:
            if sha256_of(package) != archive.sha256:
                yield Finding(name, "the package was changed")
