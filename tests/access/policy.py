"""The policy in one page, stated without a look at the code: who somebody is to a dispute, and what is there for them.

Source: handbook, section 2 (who sees what), and the privacy walls of the specification: peers do not see each other's
disputes, restricted ones (minors, domestic violence, informers) are there for people who are named, for nobody else.
"""

from dataclasses import dataclass, replace

WORKING = ("clerk", "dispatcher", "mediator", "manager")  # these work on disputes
OVERSEEING = ("dispatcher", "manager", "leader")  # these look after all that happens in the region of their body


@dataclass(frozen=True)
class Who:
    """Somebody of the staff: as what, where, and in whose place besides their own."""

    role: str
    body: str
    stands_in_for: str = ""  # in restricted matters too: the one who is on leave has said so


@dataclass(frozen=True)
class Matter:
    """A dispute: who holds it, who took it in first, who was called to help, who is over them, who mediates."""

    holder: str
    first: str
    helpers: tuple[str, ...]
    above: tuple[str, ...]
    mediator: str
    restricted: bool = False
    consulted: tuple[str, ...] = ()  # called to a case conference that is to come
    named: tuple[str, ...] = ()  # who may know of it, where it is restricted: by name, not by rank


STAFF = {
    "clerk": Who("clerk", "committee"), "disp": Who("dispatcher", "committee"), "med": Who("mediator", "committee"),
    "mine": Who("mediator", "committee"), "deputy": Who("mediator", "committee", stands_in_for="mine"),
    "mgr": Who("manager", "committee"),
    "first": Who("clerk", "branch"), "town": Who("dispatcher", "branch"), "boss": Who("manager", "branch"),
    "help": Who("clerk", "helper"), "hboss": Who("manager", "helper"),
    "county": Who("dispatcher", "centre"), "head": Who("manager", "centre"), "leader": Who("leader", "centre"),
    "gave": Who("manager", "gave it back"), "near": Who("manager", "village"), "peer": Who("manager", "branch next door"),
    "twin": Who("manager", "committee next door"), "tmed": Who("mediator", "committee next door"),
    "judge": Who("mediator", "court"),
    "admin": Who("admin", "centre"), "secure": Who("security", "centre"), "audit": Who("auditor", "centre"),
}  # fmt: skip
# Nobody; somebody whose account is closed; the two sides; a side of another dispute.
OUTSIDE = ("anon", "gone", "own", "vis", "far")
EVERYBODY = (*OUTSIDE, *STAFF)

OPEN = Matter(
    "committee", first="branch", helpers=("helper",), above=("branch", "centre"), mediator="mine", consulted=("judge",)
)
MATTERS = {
    "open": OPEN,
    # Those who answer for the bodies, and one colleague whom they named. The head of the centre is above, and not named.
    "restricted": replace(OPEN, restricted=True, consulted=(), named=("mgr", "boss", "hboss", "gave", "med")),
    "next door": Matter(
        "committee next door", first="branch next door", helpers=(), above=("branch next door", "centre"),
        mediator="tmed",
    ),
}  # fmt: skip

# What not everybody may open who sees the dispute. Whoever only reads is told so, but for the slip, which has no link.
ONLY_WORKING = {
    "own-data/": "403",
    "met/": "403",
    "looks/<party>/<what>/": "403",
    "papers/add/": "403",
    "slip/": "404",
    "slip/pdf/": "404",
}
ONLY_HOLDING = ("agreement/links/<pk>/",)
ONLY_MEDIATING = ("agreement/screen/<party>/",)
# What only one side finds there: what it has sent itself, what the other side asks of it. Copies of identity papers: none.
FOR_THE_APPLICANT = ("EVIDENCE", "/my/check/<pk>/", "/my/data/notice/<pk>/")
FOR_THE_RESPONDENT = ("/my/mediator/<pk>/",)  # the other side's wish, to be agreed to


def sees(name: str, matter: Matter) -> bool:
    """Whether the dispute is there for this member of staff."""
    who = STAFF[name]
    if matter.mediator in (name, who.stands_in_for):
        return True
    if matter.restricted and not {name, who.stands_in_for} & set(matter.named):
        return False
    if name in matter.consulted:
        return True
    if who.role in WORKING and who.body in (matter.holder, matter.first, *matter.helpers):
        return True
    return who.role in OVERSEEING and who.body in matter.above


def kind(name: str, matter: Matter) -> tuple[str, ...]:
    """What sort of person this is to this dispute: the role and the relation. Two of one kind are answered alike."""
    who = STAFF.get(name)
    if who is None:
        return (name,)
    relations = {
        "mediates": name == matter.mediator, "stands in": matter.mediator == who.stands_in_for,
        "holds": who.body == matter.holder, "took in": who.body == matter.first, "helps": who.body in matter.helpers,
        "is above": who.body in matter.above, "is named": name in matter.named,
        "is consulted": name in matter.consulted,
    }  # fmt: skip
    return (who.role, *(word for word, is_so in relations.items() if is_so))


def answer(name: str, route: str, detail: str, matter: Matter) -> str:
    """What is answered at an address of this dispute: "yes", or the word of the refusal."""
    if name in ("anon", "gone"):
        return _for_nobody(route)
    if name in OUTSIDE:
        return _for_a_side(name, route, detail)
    if route.startswith("/my/"):
        return "code"  # the page of those who come with code and PIN
    return _for_staff(name, route, matter) if sees(name, matter) else "404"


def _for_nobody(route: str) -> str:
    starts = {"/api/": "401", "/papers/": "404", "/my/": "code"}
    return next((word for start, word in starts.items() if route.startswith(start)), "login")


def _for_a_side(name: str, route: str, detail: str) -> str:
    if route.startswith("/my/") and "<pk>" not in route:
        return "yes"  # everybody's own
    if not route.startswith(("/my/", "/papers/")):
        return _for_nobody(route)
    what = detail or route
    if name == "far" or what == "IDENTITY":
        return "404"
    sides = {"own": what not in FOR_THE_RESPONDENT, "vis": what not in FOR_THE_APPLICANT}
    return "yes" if sides[name] else "404"


def _for_staff(name: str, route: str, matter: Matter) -> str:
    who, end = STAFF[name], route.partition("/desk/disputes/<number>/")[2]
    mediates = matter.mediator in (name, who.stands_in_for)
    if end in ONLY_WORKING and who.role not in WORKING:
        return ONLY_WORKING[end]
    if end in ONLY_HOLDING and not (mediates or (who.role in WORKING and who.body == matter.holder)):
        return "403"
    if end in ONLY_MEDIATING and not mediates:
        return "403"
    return "yes"
