"""Who has a dispute, who leads and on which tier it stands, as a model of a few lines: what the commands must agree with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

FIRST, HANDLER, SUPERIOR, CENTRE, LEADER = "first", "handler", "superior", "centre", "leader"
LADDER = (FIRST, HANDLER, SUPERIOR, CENTRE, LEADER)  # who leads, from the lowest tier to the highest
TOP = len(LADDER) - 1
OPEN = ("registered", "routed", "accepted")
ACTS = ("dispatch", "accept", "return", "escalate", "transfer", "raise", "lower", "lead", "lapse", "put_on", "end")
WEIGHTS = (5, 4, 6, 2, 2, 4, 2, 4, 4, 2, 1)


@dataclass(frozen=True)
class County:
    """Which body may send to which, and which looks after which. `centre` is also the fallback."""

    centre: str
    reach: Mapping[str, Sequence[str]]
    above: Mapping[str, str | None]


SMALL = County(
    "centre",
    {"centre": ("branch", "village", "trade"), "branch": ("village", "trade"), "village": ("trade",), "trade": ()},
    {"centre": None, "branch": "centre", "village": "branch", "trade": "centre"},
)


@dataclass
class Matter:
    """One dispute. Each act answers whether it was done; refused, it changes nothing."""

    county: County
    first: str
    body: str = ""
    state: str = "registered"
    sender: str | None = None
    refusals: int = 0
    tier: int | None = None
    lead: str | None = None  # that took the lead on its tier
    asked: str | None = None
    clock: int = 0  # 0: none runs
    clocks: int = 0  # that were ever started
    rises: list[int] = field(default_factory=list)  # the clocks whose end moved it up

    def __post_init__(self) -> None:
        self.body = self.body or self.first

    @property
    def leader(self) -> str:
        return self.lead or (self.first if self.state in ("registered", "routed") else self.body)

    def dispatch(self, to: str) -> bool:
        if self.state not in ("registered", "routed") or to not in self.county.reach[self.body]:
            return False
        return self._send(to, self.body)

    def accept(self, to: str) -> bool:
        if self.state not in ("registered", "routed"):
            return False
        self.state, self.refusals = "accepted", 0
        return True

    def barred(self) -> bool:
        """What was refused twice, or has come to the fallback, goes no further by refusing."""
        if self.state != "routed" or not self.refusals:
            return False
        return self.refusals >= 2 or self.body == self.county.centre

    def returned(self, to: str) -> bool:
        if self.state != "routed" or self.barred():
            return False
        ways = [self.sender, self.first, self.county.above[self.body]]
        if self.refusals + 1 >= 2 and self.body != self.county.centre:
            ways = [self.county.centre]
        there = next((one for one in ways if one and one != self.body), None)
        if there is None:
            return False
        self.refusals += 1
        self._send(there, None)
        self.state = "registered"
        return True

    def escalate(self, to: str) -> bool:
        above = self.county.above[self.body]
        return self.state in OPEN and not self.barred() and above is not None and self._send(above, self.body)

    def transfer(self, to: str) -> bool:
        return self.state == "accepted" and to in self.county.reach[self.body] and self._send(to, self.body)

    def put_on(self, to: str) -> bool:
        return self.state in OPEN and self.tier is None and self._move(0)

    def raised(self, to: str) -> bool:
        if self.state not in OPEN:
            return False
        self.put_on(to)
        return self.tier is not None and self.tier < TOP and self._move(self.tier + 1)

    def lower(self, to: str) -> bool:
        return self.state in OPEN and bool(self.tier) and self._move((self.tier or 0) - 1)

    def led(self, to: str) -> bool:
        if self.state not in OPEN or self.asked is None:
            return False
        self.lead, self.asked = self.asked, None
        return True

    def lapse(self, to: str) -> bool:
        """The tier's time is over. On the highest tier it stays."""
        if self.clock == 0 or self.tier == TOP:
            return False
        self.rises.append(self.clock)
        return self._move((self.tier or 0) + 1)

    def end(self, to: str) -> bool:
        if self.state not in OPEN:
            return False
        self.state, self.tier, self.clock, self.lead, self.asked = "ended", None, 0, None, None
        return True

    def _send(self, to: str, sender: str | None) -> bool:
        self.state, self.body, self.sender = "routed", to, sender
        return True

    def _move(self, tier: int) -> bool:
        leads = self.leader
        kind = LADDER[tier]
        wanted = {
            SUPERIOR: self.county.above[self.body] or self.body,
            CENTRE: self.county.centre,
            LEADER: self.county.centre,
        }.get(kind)
        self.lead = None if wanted is None else wanted if wanted == leads else self.lead
        self.asked = wanted if wanted not in (None, leads) else None
        self.clocks += 1
        self.tier, self.clock = tier, self.clocks
        return True


DOING = {
    "dispatch": Matter.dispatch, "accept": Matter.accept, "return": Matter.returned, "escalate": Matter.escalate,
    "transfer": Matter.transfer, "raise": Matter.raised, "lower": Matter.lower, "lead": Matter.led,
    "lapse": Matter.lapse, "put_on": Matter.put_on, "end": Matter.end,
}  # fmt: skip


def walk(dice: Random, steps: int, places: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Acts, possible or not, each with a place that those that send go to."""
    for act in dice.choices(ACTS, WEIGHTS, k=steps):
        yield act, dice.choice(places)
