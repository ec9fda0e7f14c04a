"""One dispute on its way through the commands that people use; each method takes it one step further."""

from datetime import timedelta

from django.utils import timezone

from fengqiao.agreements import commands as agreements
from fengqiao.agreements.models import Agreement, SigningLink
from fengqiao.callbacks import commands as callbacks
from fengqiao.disputes.commands import PartyDraft, give_pass
from fengqiao.disputes.events import LimitMissed
from fengqiao.disputes.knowing import may_be_named, named
from fengqiao.disputes.lifecycle import Act, Hat
from fengqiao.disputes.models import Dispute, Party, PartyRole, Willing
from fengqiao.disputes.passes import Issued, PartyActor
from fengqiao.fulfilment import commands as fulfilment
from fengqiao.intake.commands import receive
from fengqiao.intake.drafts import ConsentDraft, ReceptionDraft
from fengqiao.intake.own_data.commands import ask_correction
from fengqiao.intake.sheets import file_register
from fengqiao.ledger import book
from fengqiao.ledger.models import Entry
from fengqiao.mediation import commands as mediation
from fengqiao.mediation.models import Session
from fengqiao.mediation.roster import RecusalCheck
from fengqiao.papers.commands import add_upload
from fengqiao.papers.models import PaperKind
from fengqiao.people.models import SYSTEM
from fengqiao.routing import commands as routing
from fengqiao.routing.joint.tasks import close as close_task
from fengqiao.routing.restriction import restrict
from fengqiao.supervision.commands import conferences, incidents, leading, orders
from fengqiao.supervision.finding import in_a_missed_limit
from fengqiao.supervision.models import Lapse, PlanTick
from tests.access.county import County, Person, Town
from tests.agreements.scene import signed_by, water_leak
from tests.fulfilment.scenes import a_scan, today
from tests.world import a_category

DEEDS = {
    "/desk/led/<pk>/<deed>/": "progress", "/desk/conferences/<pk>/<deed>/": "cancel",
    "/desk/incidents/<pk>/<deed>/": "follow-up", "/desk/incidents/receipts/<pk>/<deed>/": "sign",
    "/desk/incidents/steps/<pk>/<deed>/": "done", "/desk/lapses/<pk>/<deed>/": "dismiss",
}  # fmt: skip
SUPERVISED = "沙发"  # the scene `mediating`
MINUTES = "申请人：水是从楼上漏下来的。\n被申请人：愿意修，钱要商量。"


class Course:
    """A dispute of a town. `about` is the one word by which it can be told from all others."""

    def __init__(self, county: County, town: Town, about: str, *, restricted: bool = False) -> None:
        self.county, self.town, self.about = county, town, about
        self.people = [Person(next(county.people), role) for role in (PartyRole.APPLICANT, PartyRole.RESPONDENT)]
        self.issued: list[Issued] = []
        self.link: SigningLink | None = None
        self.pk = self._received(restricted)

    def _received(self, restricted: bool) -> int:
        parties = [
            PartyDraft(role=one.role, name=one.name, phone=one.phone, id_number=one.id_number, home=one.home)
            for one in self.people
        ]
        draft = ReceptionDraft(
            parties=parties, facts=f"楼上漏水，天花板泡坏了，{self.about}也坏了。", title=f"楼上漏水泡坏{self.about}",
            category=a_category(), place=self.town.village, address=f"{self.town.name}塔下街壕里小区4号", amount_fen=860000,
            consent=ConsentDraft(sensitive=True), is_restricted=restricted,
        )  # fmt: skip
        # what is restricted stays with who may see it: the branch's manager takes it in and passes it on
        by = self.town.branch_manager if restricted else self.town.window
        received = receive(draft=draft, by=by)
        self.issued.append(received.issued)
        return received.dispute.pk

    @property
    def dispute(self) -> Dispute:
        return Dispute.objects.get(pk=self.pk)

    @property
    def number(self) -> str:
        return self.dispute.number

    @property
    def applicant(self) -> Party:
        return self.dispute.applicants[0]

    @property
    def respondent(self) -> Party:
        return self.dispute.respondents[0]

    @property
    def sides(self) -> list[Party]:
        return [self.applicant, self.respondent]

    @property
    def agreement(self) -> Agreement:
        return self.dispute.agreements.latest("draft")

    @property
    def secrets(self) -> set[str]:
        return {secret for person in self.people for secret in person.secrets}

    # ── the way ───────────────────────────────────────────────────────────────────────────────────────────────────

    def routed(self) -> "Course":
        branch = self.town.branch_manager
        self.issued.append(give_pass(self.respondent, by=branch))
        if self.dispute.is_restricted:  # by mistake somewhere else first, where it is gone again
            routing.dispatch(self.dispute, to=self.county.once, why="他们熟悉", by=branch)
            routing.return_back(self.dispute, reason="不归我们管。", cites="rule:1", by=self.county.others["gave"])
        routing.dispatch(self.dispute, to=self.town.committee, why="他们熟悉", by=branch)
        helper = self.county.helper
        if self.town is self.county.here:
            routing.call_in(self.dispute, body=helper, reason="请派人一起看。", by=branch)
            if not self.dispute.is_restricted:
                self._conferred()
        else:  # a body that sees it anyway
            routing.call_in(self.dispute, body=self.town.branch, reason="请派人一起看。", by=self.town.manager)
        add_upload(self.dispute, a_scan("身份证.pdf"), kind=PaperKind.IDENTITY, title="身份证明", by=branch)
        add_upload(
            self.dispute, a_scan("照片.pdf"), kind=PaperKind.EVIDENCE, title="漏水照片", by=PartyActor(self.applicant),
            party=self.applicant,
        )  # fmt: skip
        return self

    def accepted(self) -> "Course":
        self.routed()
        routing.accept(self.dispute, by=self.town.manager)
        if self.dispute.is_restricted:  # one colleague is to know of it
            people = [*(row.user for row in named(self.dispute)), self.town.colleague]
            fit = [one for one in people if one in may_be_named(self.dispute)]
            restrict(self.dispute, people=fit, reason="请他一起谈。", by=self.town.manager)
        file_register(self.dispute, by=self.town.manager)
        if self.about == SUPERVISED:
            self._supervised()
        if self.town is self.county.here:
            entry = self.county.entry
            mediation.pick(self.dispute, entries=[entry], by=PartyActor(self.applicant))
            mediation.invite(
                self.dispute, entry=entry, purpose="看看漏水的原因", words="没有关系", by=self.town.manager
            )
        return self

    def _conferred(self) -> None:
        """There is a conference to come, to which a judge is called."""
        at = timezone.now() + timedelta(days=40)
        meeting = conferences.call(self.dispute, topic="要不要鉴定", at=at, place="会商室", by=self.town.manager)
        judge = self.county.others["judge"]
        conferences.invite(meeting, seat="法官", body=self.county.court, user=judge, by=self.town.manager)

    def _supervised(self) -> None:
        """Ordered, led, reported as an incident, and found late."""
        centre, here, day = self.county.everybody["head"], self.town.committee, timezone.localdate() + timedelta(days=9)
        leader, clock = self.county.staff["leader"], self.dispute.main_clock
        orders.give(self.dispute, kind="supervise", body=here, words="请抓紧。", due_on=day, by=centre)
        leading.take_on(self.dispute, leader=leader, body=here, target_on=day, why="反复来访。", by=leader)
        told = {
            "title": "楼道里吵起来",
            "place": "塔下街",
            "happened_at": timezone.now(),
            "people": 6,
            "words": "吵得很凶",
        }
        incident = incidents.report(**told, measures="先分开", dispute=self.dispute, by=self.town.manager)
        incidents.start_plan(incident, by=self.town.manager)
        missed = LimitMissed(clock_id=clock.pk, state=clock.state, turn=Hat.HANDLER.value, due="昨天")
        in_a_missed_limit(book.append("dispute", self.pk, missed, by=SYSTEM))

    def mediating(self) -> "Course":
        """With a meeting on record, and a further one arranged."""
        self.accepted()
        by = self.town.mediator
        mediation.assign(self.dispute, mediator=by, recusal=RecusalCheck(), by=self.town.manager)
        for party in self.sides:
            mediation.record_willingness(party, willing=Willing.YES, remark="电话里问的", by=by)
        mediation.inform_rights(self.dispute, told=self.sides, how="oral", by=by)
        mediation.hold(
            self.dispute, session=self._meeting(), present=self.sides, minutes=30, statements=MINUTES,
            outcome="not_yet", by=by,
        )  # fmt: skip
        self._meeting()
        ask_correction(self.dispute, what="home", words="门牌写错了。", by=PartyActor(self.respondent))
        return self

    def _meeting(self) -> Session:
        at = timezone.now() + timedelta(hours=next(self.county.hours))
        return mediation.schedule(self.dispute, at=at, place="第一调解室", by=self.town.mediator)

    def suspended(self) -> "Course":
        self.mediating()
        mediation.suspend(self.dispute, reason="等渗漏鉴定", by=self.town.mediator)
        return self

    def drafted(self) -> "Course":
        self.mediating()
        agreements.draft(self.dispute, content=water_leak(self.dispute), by=self.town.mediator)
        return self

    def signing(self) -> "Course":
        self.drafted()
        agreements.circulate(self.agreement, by=self.town.mediator)
        agreements.make_link(self.agreement, self.applicant, by=self.town.mediator)
        self.link = SigningLink.objects.latest("pk")
        return self

    def doing(self) -> "Course":
        """In force; the debtor says that a part was paid, and the creditor has not answered yet."""
        self.signing()
        for slot in self.agreement.slots:
            signed_by(self.agreement, slot.signer)
        first = self.dispute.obligations.order_by("n").first()
        fulfilment.record_performance(
            first, on=today(), amount_fen=100000, how="transfer", proof=None, by=PartyActor(first.debtor)
        )
        return self

    def breached(self) -> "Course":
        """Take it up to `doing` some weeks ago: the first date has gone by since."""
        late = self.dispute.obligations.order_by("due_on").first()
        fulfilment.breach(late, remark="说没有钱", by=self.town.manager)
        return self

    def confirming(self) -> "Course":
        self.doing()
        fulfilment.record_court_step(
            self.dispute, act=Act.APPLY_CONFIRMATION, court="吴兴区人民法院", number="", on=today(), remark="", scan=None,
            by=self.town.manager,
        )  # fmt: skip
        return self

    def performed(self) -> "Course":
        self.signing()
        for slot in self.agreement.slots:
            signed_by(self.agreement, slot.signer)
        for one in self.dispute.obligations.order_by("n"):
            how = "transfer" if one.amount_fen else "done"
            fulfilment.record_performance(
                one, on=today(), amount_fen=one.amount_fen, how=how, proof=None, by=PartyActor(one.creditor)
            )
        for task in self.dispute.joint_tasks.all():
            member = self.county.staff["help"] if self.town is self.county.here else self.town.branch_manager
            close_task(task, outcome="done", result="一起看过了。", by=member)
        return self

    def closed(self) -> "Course":
        self.performed()
        callbacks.close(self.dispute, outcome="", remark="", by=self.town.manager)
        return self

    def over(self) -> "Course":
        """Closed; one side does not accept how it ended, and nobody has called yet."""
        self.closed()
        callbacks.contest(self.dispute, words="钱少了一点", by=PartyActor(self.respondent))
        return self

    def called(self) -> "Course":
        self.closed()
        callbacks.call_back(
            self.dispute, party=self.applicant, how="phone", rating="satisfied", words="", by=self.town.manager
        )
        return self

    def archived(self) -> "Course":
        self.called()
        callbacks.archive(self.dispute, years=None, by=self.town.manager)
        return self

    # ── what stands in the addresses of its pages ─────────────────────────────────────────────────────────────────

    def paper(self, kind: str):
        return self.dispute.papers.filter(kind=PaperKind[kind]).earliest("pk")

    def values(self, route: str, detail: str = "") -> dict[str, object]:
        """What this address is filled in with. `detail` chooses among papers."""
        if route == "/papers/<pk>/":
            return {"pk": self.paper(detail).pk}
        if route.startswith("/desk/bodies/"):
            return {"pk": self.town.committee.pk, "name": detail, "member": self.town.committee.seats.get().pk}
        dispute, found = self.dispute, {}
        found["number"], found["what"] = dispute.number, "phone"
        found["party"] = self.applicant.pk
        found["draft"] = 1
        found["n"] = 1 if any(word in route for word in ("correct", "invitations", "tasks")) else 2
        found["token"] = self._token(route)
        found["pk"] = self._pk(route, dispute) if "<pk>" in route else 0
        found["code"] = self.agreement.check_code if "<code>" in route else ""
        found["act"] = "suspend" if "/roster/" in route else "sign"
        found["deed"], found["heap"] = DEEDS.get(route, "answer"), "late"
        found["address"] = self.county.address.code
        found["table"], found["seq"], found["version"] = "strength", 1, 1
        return found

    def _token(self, route: str) -> str:
        if route.startswith("/card/"):
            return self.county.entry.card_token
        if route.startswith("/s/"):
            return self.link.token if self.link else "none"
        return self.issued[0].access.token

    def _pk(self, route: str, dispute: Dispute) -> int:
        if route.startswith(("/desk/roster/", "/mediators/")):
            return self.county.entry.pk
        if route.startswith("/my/mediator/"):
            wish = dispute.wishes.first()
            return wish.pk if wish else 0
        owed = dispute.obligations.order_by("n").first()
        claim = owed.performances.first() if owed else None
        contest, meeting, incident = dispute.contests.first(), dispute.conferences.first(), dispute.incidents.first()
        notice = Entry.objects.of("dispute", dispute.pk).filter(notices__to=self.town.manager).first()
        found = {
            "/my/performed/<pk>/": owed, "/my/check/<pk>/": claim, "perform/<pk>/": claim, "contests/<pk>/": contest,
            "accounts/<pk>/": self.town.manager, "accounts/<pk>/correct/": self.town.manager, "/desk/roles/<pk>/": self.county.role_change,
            "/account/leave/<pk>/end/": self.county.delegation, "agreement/links/<pk>/": self.link,
            "corrections/<pk>/": dispute.corrections.first(), "consents/<pk>/": dispute.consents.first(),
            "/my/data/notice/<pk>/": dispute.consents.first(),
            "/desk/outbox/<pk>/": dispute.messages.order_by("pk").first(),
            "/desk/notices/<pk>/open/": notice and notice.notices.get(to=self.town.manager),
            "orders/<pk>/": dispute.orders.first(), "orders/<pk>/<deed>/": dispute.orders.first(),
            "led/<pk>/": dispute.leader_cases.first(), "led/<pk>/<deed>/": dispute.leader_cases.first(),
            "conferences/<pk>/": meeting, "conferences/<pk>/<deed>/": meeting,
            "seats/<pk>/<deed>/": meeting and meeting.seats.first(), "incidents/<pk>/": incident,
            "incidents/<pk>/<deed>/": incident,
            "receipts/<pk>/<deed>/": incident and incident.reports.get().receipts.first(),
            "steps/<pk>/<deed>/": incident and PlanTick.objects.filter(run__incident=incident).first(),
            "lapses/<pk>/<deed>/": Lapse.objects.filter(dispute=dispute).first(),
        }  # fmt: skip
        return next((one.pk for end, one in found.items() if route.endswith(end) and one), 0)
