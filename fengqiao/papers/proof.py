"""Prove that every file on disk is still what its row says."""

from collections.abc import Iterator

from fengqiao.ledger.hashing import digest_of_bytes
from fengqiao.ledger.verify import Finding

from .models import Paper


def files_are_whole() -> Iterator[Finding]:
    """A finding for each paper whose file is gone or was changed."""
    for paper in Paper.objects.order_by("pk").iterator(500):
        name = f"papers.paper:{paper.pk}"
        if not paper.path.exists():
            yield Finding(name, "the file is gone")
        elif digest_of_bytes(paper.read()) != paper.sha256:
            yield Finding(name, "the file was changed")
