"""A county of two towns with people in every post, and who among them is what to the disputes of 月河."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from django.utils import timezone

from fengqiao.bodies.models import Body, BodyKind, Member, Post
from fengqiao.disputes.models import PartyRole, Tier
from fengqiao.kernel.codes import ID_CHECKS, ID_WEIGHTS
from fengqiao.papers.commands import store
from fengqiao.papers.portraits import redrawn
from fengqiao.people.accounts import ask_for_role
from fengqiao.people.delegations import delegate
from fengqiao.people.models import Delegation, Role, RoleChange, RosterEntry, User
from fengqiao.people.roster.commands import admit, apply
from fengqiao.people.roster.drafts import EntryDraft
from fengqiao.places.library import commands
from fengqiao.places.library.parts import Parts
from fengqiao.places.models import Address
from fengqiao.routing.tiers.general import GENERAL_LADDER
from tests.people.register import a_photo
from tests.world import a_committee, a_region, a_town_branch, a_user, the_center

NAMES = ("沈玉兰", "周建国", "潘秀英", "郑小燕", "费阿根", "凌水法", "褚敏芳", "闵阿三", "俞国良", "施丽华")


@dataclass
class Town:
    """A town: its branch of the centre, its committee, and who works in them."""

    code: str
    name: str
    branch: Body = field(init=False)
    committee: Body = field(init=False)

    def __post_init__(self) -> None:
        self.branch = a_town_branch(self.code, self.name)
        self.committee = a_committee(self.branch.region, kind=BodyKind.MDC_TOWN, parent=self.branch)
        Member.objects.create(body=self.committee, name="委员", post=Post.CHAIR, since="2026-01-10")
        self.village = a_region(f"{self.code[:9]}001", f"{self.name}东社区")
        self.window = a_user(self.branch, Role.CLERK)
        self.dispatcher = a_user(self.branch, Role.DISPATCHER)
        self.branch_manager = a_user(self.branch, Role.MANAGER)
        self.clerk = a_user(self.committee, Role.CLERK)
        self.sorter = a_user(self.committee, Role.DISPATCHER)
        self.mediator = a_user(self.committee, Role.MEDIATOR, name="钱志平")
        self.colleague = a_user(self.committee, Role.MEDIATOR, name="吴建芳")
        self.manager = a_user(self.committee, Role.MANAGER)


@dataclass
class County:
    """月河, where the disputes are; 爱山, its peer; the centre above both; a committee that is called to help."""

    centre: Body = field(default_factory=the_center)
    here: Town = field(init=False)
    there: Town = field(init=False)
    helper: Body = field(init=False)
    court: Body = field(init=False)  # one of its people is called to conferences
    once: Body = field(init=False)  # where a dispute was sent by mistake, and given back
    staff: dict[str, User] = field(init=False)
    others: dict[str, User] = field(init=False)  # further relations to a dispute of 月河
    address: Address = field(init=False)  # one of the library
    entry: RosterEntry = field(init=False)
    people: Iterator[int] = field(default_factory=lambda: count(1))
    role_change: RoleChange = field(init=False)  # asked for, and waiting
    delegation: Delegation = field(init=False)  # in the town next door
    hours: Iterator[int] = field(default_factory=lambda: count(20))  # between meetings of one mediator

    def __post_init__(self) -> None:
        self.here, self.there = Town("330502001000", "月河街道"), Town("330502002000", "爱山街道")
        Tier.objects.bulk_create(Tier(**row, is_general=True) for row in GENERAL_LADDER)
        self.helper = a_committee(self.centre.region, kind=BodyKind.MDC_INDUSTRY)
        self.once = a_committee(self.centre.region, kind=BodyKind.MDC_INDUSTRY)
        self.court = a_committee(self.centre.region, kind=BodyKind.COURT)
        next_door = a_committee(self.here.village, kind=BodyKind.MDC_VILLAGE, parent=self.here.branch)
        self.staff = {
            "clerk": self.here.clerk,
            "disp": self.here.sorter,
            "med": self.here.colleague,
            "mine": self.here.mediator,
            "mgr": self.here.manager,
            "near": a_user(next_door, Role.MANAGER),
            "peer": self.there.branch_manager,
            "help": a_user(self.helper, Role.CLERK),
            "town": self.here.dispatcher,
            "county": a_user(self.centre, Role.DISPATCHER),
            "leader": a_user(self.centre, Role.LEADER),
            "admin": a_user(self.centre, Role.ADMIN),
            "secure": a_user(self.centre, Role.SECURITY),
            "audit": a_user(self.centre, Role.AUDITOR),
        }
        self.others = self._further_people()
        self.role_change = ask_for_role(
            self.there.clerk, new=Role.DISPATCHER, reason="岗位调整", by=self.staff["admin"]
        )
        there, today = self.there, timezone.localdate()
        self.delegation = delegate(
            there.mediator, deputy=there.colleague, first_day=today, last_day=today, with_restricted=False,
            by=there.mediator,
        )  # fmt: skip
        house = Parts(road="月河街", number="5")
        self.address = commands.add(self.here.village, parts=house, why="实地核对", by=self.staff["admin"])
        self.entry = self._on_the_roster()

    @property
    def everybody(self) -> dict[str, User]:
        return self.staff | self.others

    def _further_people(self) -> dict[str, User]:
        today, mine = timezone.localdate(), self.here.mediator
        deputy = a_user(self.here.committee, Role.MEDIATOR)
        delegate(mine, deputy=deputy, first_day=today, last_day=today, with_restricted=True, by=mine)
        return {
            "deputy": deputy,
            "first": self.here.window,
            "boss": self.here.branch_manager,
            "hboss": a_user(self.helper, Role.MANAGER),
            "head": a_user(self.centre, Role.MANAGER),
            "gave": a_user(self.once, Role.MANAGER),
            "judge": a_user(self.court, Role.MEDIATOR),
            "twin": self.there.manager,
            "tmed": self.there.mediator,
            "gone": a_user(self.here.committee, Role.MANAGER, is_active=False),
        }

    def _on_the_roster(self) -> RosterEntry:
        """钱志平, with a photo and a card, shown to residents."""
        draft = EntryDraft(
            name="钱志平", kinds=["full_time"], body=self.here.committee, user=self.here.mediator, born_on=date(1968, 3, 2),
            is_shown=True, on_call=True, languages=["local"], introduction="调了二十年邻里纠纷。",
            photo=store(redrawn(a_photo())), phone="13811119999",
        )  # fmt: skip
        entry = apply(draft, by=self.here.manager)
        return admit(entry, valid_from=timezone.localdate(), by=self.staff["admin"])


@dataclass(frozen=True)
class Person:
    """Somebody on one side, with all that must never be seen in clear. No two have a digit string in common."""

    n: int
    role: PartyRole

    @property
    def name(self) -> str:
        return NAMES[self.n % len(NAMES)]

    @property
    def phone(self) -> str:
        return f"1{(3, 5, 7, 8, 9)[self.n % 5]}9{(self.n * 7919 + 1234567) % 10**8:08}"

    @property
    def id_number(self) -> str:
        digits = f"3305021968{1 + self.n % 12:02}{1 + self.n % 28:02}{100 + self.n}"
        check = sum(int(digit) * weight for digit, weight in zip(digits, ID_WEIGHTS, strict=True)) % 11
        return digits + ID_CHECKS[check]

    @property
    def home(self) -> str:
        return f"朝阳新村{200 + self.n}幢{300 + self.n}室"

    @property
    def secrets(self) -> tuple[str, str, str]:
        return self.phone, self.id_number, self.home
