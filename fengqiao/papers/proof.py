"""Prove that every file on disk is still what its row says."""

from collections.abc import Iterator

from fengqiao.ledger.hashing import digest_of_bytes
from fengqiao.ledger.verify import Finding
from fengqiao.people.models import RosterEntry

from .models import Paper, path_of


def files_are_whole() -> Iterator[Finding]:
    """A finding for each paper whose file is gone or was changed."""
    for paper in Paper.objects.order_by("pk").iterator(500):
        name = f"papers.paper:{paper.pk}"
        if not paper.path.exists():
            yield Finding(name, "the file is gone")
        elif digest_of_bytes(paper.read()) != paper.sha256:
            yield Finding(name, "the file was changed")


def photos_are_whole() -> Iterator[Finding]:
    """A finding for each photo of the roster that is gone or was changed."""
    for entry in RosterEntry.objects.exclude(photo="").only("photo").order_by("pk").iterator(500):
        path = path_of(entry.photo)
        if not path.is_file() or digest_of_bytes(path.read_bytes()) != entry.photo:
            yield Finding(f"people.rosterentry:{entry.pk}", "the photo is gone or was changed")
