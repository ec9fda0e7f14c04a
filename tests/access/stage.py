"""Every dispute that the access table and the walk through all pages need, each where its addresses make sense."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from fengqiao.api.models import issue
from fengqiao.disputes.commands import give_pass
from fengqiao.disputes.models import PartyRole
from fengqiao.district.changing import change, preview
from fengqiao.district.proposals import Wanted, propose
from fengqiao.district.schema import STRENGTH
from fengqiao.intake import applications
from fengqiao.intake.models import Application
from fengqiao.intake.notice import notice_in_force
from fengqiao.ledger import sealing
from fengqiao.ledger.models import Entry
from fengqiao.ledger.tasks import deliver
from fengqiao.papers import typeset
from fengqiao.people.models import SYSTEM
from fengqiao.routing.rules import books
from fengqiao.routing.rules.derived import ladder
from fengqiao.routing.rules.from_district import take_in
from tests.access.county import County, Person
from tests.access.course import Course
from tests.access.hall import HallScene
from tests.delivering import owed

AGO = timedelta(days=25)
SCENES = {
    "routed": "衣柜", "accepted": "书桌", "mediating": "沙发", "suspended": "地板", "drafted": "钢琴", "signing": "空调",
    "doing": "冰箱", "confirming": "壁画", "performed": "床垫", "called": "窗帘", "over": "电视",
    "archived": "吊灯",
}  # fmt: skip
TOLD = ("mediating", "doing", "over", "late", "restricted", "peer", "peer-over")  # about these people get their notices


@dataclass
class Stage:
    """The county, the disputes by what they are for, and what individuals hold."""

    county: County
    scenes: dict[str, Course]
    tokens: dict[str, str]
    application: Application
    application_token: str
    applicant: Person
    hall: HallScene

    @property
    def secrets(self) -> set[str]:
        """Telephones, identity numbers and homes, in clear."""
        return {secret for course in self.scenes.values() for secret in course.secrets} | set(self.applicant.secrets)


def build() -> Stage:
    """Live through all of it. Takes some seconds."""
    with one_print_of_each_form():
        return _lived_through()


@contextmanager
def one_print_of_each_form() -> Iterator[None]:
    """Who may open a paper is asked here, not what it says: each form is typeset once, its other papers are copies."""
    printed, prints = typeset._Press.printed, {}

    def copied(press, form: str, data, **how):
        if form not in prints:
            prints[form] = printed(press, form, data, **how)
        return prints[form]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typeset._Press, "printed", copied)
        yield


def _lived_through() -> Stage:
    county, scenes = County(), {}
    take_in(ladder(), by=SYSTEM)
    with time_machine.travel(timezone.now() - AGO):
        scenes["late"] = Course(county, county.here, "字画").doing()
        scenes["breached"] = Course(county, county.here, "书架").doing()
    scenes["breached"].breached()
    for name, about in SCENES.items():
        scenes[name] = getattr(Course(county, county.here, about), name)()
    scenes["restricted"] = Course(county, county.here, "玩具", restricted=True).doing()
    scenes["peer"] = Course(county, county.there, "鱼缸").doing()
    scenes["peer-over"] = Course(county, county.there, "盆景").over()
    change_the_district(county)
    books.draft(by=county.others["head"])
    tell_everybody([scenes[name] for name in TOLD])
    sealing.seal_due()
    tokens = {name: issue(user, name="对接") for name, user in county.everybody.items()}
    person = Person(899, PartyRole.APPLICANT)
    application, token = begun(county, person)
    return Stage(county, scenes, tokens, application, token, person, HallScene(county))


def change_the_district(county: County) -> None:
    """One row more in a table, which can be taken back."""
    by, row = county.staff["admin"], Wanted(1, {"key": "teams", "name": "调解队伍", "n": "3", "source": "本区"})
    shown = preview(propose(STRENGTH, [row]), by=by)
    change(lambda: propose(STRENGTH, [row]), reason="年初统计", seen=shown.mark, by=by)


def tell_everybody(courses: list[Course]) -> None:
    """What the worker would deliver of these disputes, and of all that is not about a dispute."""
    told = {course.pk for course in courses}
    others = Entry.objects.filter(subject="dispute").exclude(subject_id__in=told)
    skipped = set(others.values_list("pk", flat=True))
    for one in owed():
        if one.args_kwargs["args"][0] not in skipped:
            deliver.func(*one.args_kwargs["args"])
    DBTaskResult.objects.ready().delete()


def begun(county: County, person: Person) -> tuple[Application, str]:
    """Somebody is at the last of the three steps."""
    notice_in_force()
    application, token = applications.begin(session="a browser")
    answers = {
        "facts": "楼上漏水，灯也坏了。", "place": county.here.village.code, "name": person.name, "phone": person.phone,
        "id_number": person.id_number, "home": person.home, "opponent": "姓周，住楼上",
    }  # fmt: skip
    return applications.save_step(application, step=3, answers=answers), token


def pass_of(course: Course, n: int):
    """The pass of the first or second party; a fresh one where none was given."""
    if n < len(course.issued):
        return course.issued[n].access
    return give_pass(course.sides[n], by=course.town.branch_manager).access
