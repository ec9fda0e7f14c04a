"""Ties the modules together once everything is loaded: who hears of what, and what `verify` proves besides the ledger."""

from django.apps import AppConfig


class Wiring(AppConfig):
    name = "fengqiao.config"
    label = "config"

    def ready(self) -> None:
        # these import models, which exist only now
        from fengqiao.callbacks.proof import archives_are_whole  # noqa: PLC0415
        from fengqiao.ledger import verify, wiring  # noqa: PLC0415
        from fengqiao.papers.proof import files_are_whole, photos_are_whole  # noqa: PLC0415
        from fengqiao.reactions import REACTIONS  # noqa: PLC0415

        wiring.wire(REACTIONS)
        verify.also_check(files_are_whole, photos_are_whole, archives_are_whole)
