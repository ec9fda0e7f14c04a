"""What the first migration of an app is made of: its tables all at once, and SQL that each engine has of its own."""

from collections.abc import Sequence
from typing import Any

from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation


class Tables(Operation):
    """New tables. Those that others point to come first.

    After every CreateModel Django builds anew all models that hang together with the new one, which here are nearly all
    there are. It does so for operations that look at the state before them; these do not.
    """

    atomic = True

    def __init__(self, *models: CreateModel) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: Any) -> None:
        built = state.__dict__.pop("apps", None)  # a cached property: without it nothing is built
        for each in self.models:
            each.state_forwards(app_label, state)
        if built is not None:
            state.apps = built
            built.render_multiple([state.models[app_label, each.name_lower] for each in self.models])

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for each in self.models:
            each.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for each in reversed(self.models):
            each.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create {len(self.models)} tables"


class Own(Operation):
    """SQL of one engine or the other. `undone`: what both are taken back with, where it does not go with the tables."""

    reduces_to_sql = True
    atomic = True

    def __init__(self, *, sqlite: Sequence[str], postgresql: Sequence[str], undone: Sequence[str] = ()) -> None:
        self.made = {"sqlite": sqlite, "postgresql": postgresql}
        self.undone = undone

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models know nothing of it."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for sql in self.made[schema_editor.connection.vendor]:
            schema_editor.execute(sql, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for sql in self.undone:
            schema_editor.execute(sql, params=None)

    def describe(self) -> str:
        return "SQL of the engine's own"
