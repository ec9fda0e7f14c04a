"""Where the desk's own events are written: in the chain of the person who did something."""

from fengqiao.ledger import book
from fengqiao.ledger.kinds import Event
from fengqiao.ledger.models import Entry
from fengqiao.people.models import User


def tell(event: Event, *, by: User) -> Entry:
    """Append to the person's own chain. Call inside a transaction; the person's row keeps its order."""
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    return book.append("user", by.pk, event, by=by)
