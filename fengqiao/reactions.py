"""What happens after what, and what happens when. Two tables; read down the left side to find any consequence."""

from collections.abc import Callable
from datetime import time

from fengqiao.disputes import clocks
from fengqiao.ledger import sealing, tasks
from fengqiao.ledger.kinds import Event
from fengqiao.ledger.models import Entry
from fengqiao.ledger.schedule import Every

REACTIONS: dict[type[Event], tuple[Callable[[Entry], None], ...]] = {}

SCHEDULE = (
    Every("clocks", clocks.tick, minutes=1),
    Every("retry", tasks.retry, minutes=1),
    Every("seal", sealing.seal_due, at=time(0, 5)),
)
