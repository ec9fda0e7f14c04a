"""What a transaction has asked once it need not ask again: small tables that everybody reads and hardly anybody writes.

The answers live as long as the transaction and on its connection alone. They are forgotten as soon as it writes to one of
the tables that they were read from, or takes something back, so nobody is ever told what is no longer true for them.
Outside a transaction everything is asked anew.
"""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction

P = ParamSpec("P")
T = TypeVar("T")

_ABSENT = object()


def asked_once(*tables: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep the answer of a question until the transaction ends or writes to one of these tables.

    The arguments are hashable, and nobody changes the answer: it is handed to whoever asks next.
    """

    def keeping(ask: Callable[P, T]) -> Callable[P, T]:
        @wraps(ask)
        def asked(*args: P.args, **kwargs: P.kwargs) -> T:
            if not connection.in_atomic_block:
                return ask(*args, **kwargs)
            key = (ask, args, tuple(kwargs.items()))
            memory = _memory()
            answer: Any = memory.answers.get(key, _ABSENT)
            if answer is _ABSENT:
                answer = ask(*args, **kwargs)
                memory.keep(key, tables, answer)
            return answer

        return asked

    return keeping


class _Memory:
    """The answers of one transaction. It hangs on what is to be done at its commit, and so ends with it either way."""

    def __init__(self) -> None:
        self.answers: dict[Hashable, Any] = {}
        self.read_from: dict[str, set[Hashable]] = {}

    def __call__(self) -> None:
        """At the commit there is nothing to do."""

    def keep(self, key: Hashable, tables: tuple[str, ...], answer: Any) -> None:
        self.answers[key] = answer
        for table in tables:
            self.read_from.setdefault(table, set()).add(key)

    def forget(self, sql: str) -> None:
        for table in [one for one in self.read_from if one in sql]:
            for key in self.read_from.pop(table):
                self.answers.pop(key, None)

    def forget_all(self) -> None:
        self.answers.clear()
        self.read_from.clear()


def _memory() -> _Memory:
    found = _present()
    if found is None:
        if _watch not in connection.execute_wrappers:
            connection.execute_wrappers.insert(0, _watch)  # at the front: who comes later takes the last one off again
        transaction.on_commit(found := _Memory())
    return found


def _present() -> _Memory | None:
    return next((hook for hook in (kept[1] for kept in connection.run_on_commit) if isinstance(hook, _Memory)), None)


def _watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Runs every statement, and forgets what it may have changed."""
    try:
        return execute(sql, params, many, context)
    finally:
        if not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE")) and (memory := _present()):
            if sql.startswith(("INSERT", "UPDATE", "DELETE")):
                memory.forget(sql)
            else:
                memory.forget_all()
