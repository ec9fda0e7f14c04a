"""The page of a dispute: whose turn and why, where it has been, what happened, what this person can do."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils import timezone

from fengqiao.desk.emptiness import knowing_what_is_empty
from fengqiao.desk.ladder import ladder_of
from fengqiao.desk.story import entries_of
from fengqiao.disputes.commands import note
from fengqiao.disputes.events import Reminded
from fengqiao.disputes.models import Channel, Dispute
from fengqiao.ledger import book
from fengqiao.ledger.models import Entry
from fengqiao.ledger.sealing import seal
from fengqiao.people.models import Role
from fengqiao.routing import commands as routing
from tests.agreements.scene import signed_by_all
from tests.papers.paper_data import handwriting
from tests.world import a_party, a_region, a_user

pytestmark = pytest.mark.django_db


def page_of(client, dispute, more="") -> str:
    answer = client.get(f"/desk/disputes/{dispute.number}/{more}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def statuses(dispute) -> dict[str, str]:
    dispute = Dispute.objects.get(pk=dispute.pk)
    return {rung.level: rung.status for rung in ladder_of(dispute, entries_of(dispute))}


class TestTurn:
    def test_the_bar_says_who_what_until_when_and_why(self, town, at_desk):
        dispute = town.dispute()
        text = page_of(at_desk(town.clerk()), dispute)
        assert "轮到您" in text
        assert "定下由谁办" in text
        assert "还剩 1 天 23 小时" in text
        assert "为什么是这个时间" in text
        assert "平台规则：承办单位四十八小时内响应或者分流" in text

    def test_its_one_act_is_the_stages_primary_one(self, town, at_desk):
        dispute = routing.dispatch(town.dispute(), to=town.village, by=town.clerk())
        answer = at_desk(town.clerk(town.village)).get(f"/desk/disputes/{dispute.number}/")
        assert answer.context["offers"].main.label == "受理"
        assert answer.content.decode().count('<a class="btn btn-primary"') == 1

    def test_who_waits_for_another_may_remind(self, town, at_desk):
        dispute = routing.dispatch(town.dispute(), to=town.village, by=town.clerk())
        answer = at_desk(town.clerk(town.centre)).get(f"/desk/disputes/{dispute.number}/")
        assert f"轮到{town.village}" in answer.content.decode()
        assert answer.context["offers"].main.label == "催办"
        assert not answer.context["offers"].main.primary

    def test_a_leader_reads_and_supervises_and_does_nothing_of_the_work(self, town, at_desk):
        answer = at_desk(a_user(town.centre, Role.LEADER)).get(f"/desk/disputes/{town.dispute().number}/")
        offers = answer.context["offers"]
        assert offers.main.label == "催办"
        assert [one.label for one in offers.possible if one is not offers.main] == ["督办", "领导包案", "召集会商"]
        assert "查看电话" not in answer.content.decode()

    def test_what_cannot_be_done_now_says_why(self, town, at_desk):
        offers = at_desk(town.clerk()).get(f"/desk/disputes/{town.dispute().number}/").context["offers"]
        reasons = {offer.label: offer.reason for offer in offers.not_now}
        assert reasons["退回"] == "“待分流”时不能退回。"
        assert not {offer.label for offer in offers.possible} & set(reasons)


class TestLadder:
    def test_it_is_where_it_was_registered(self, town):
        assert statuses(town.dispute()) == {
            "网格": "not", "村社": "not", "片区": "not", "镇街": "here", "区中心": "not",
        }  # fmt: skip

    def test_a_level_that_was_passed_over_says_so(self, town):
        dispute = routing.dispatch(town.dispute(), to=town.village, by=town.clerk())
        assert statuses(dispute) == {"网格": "not", "村社": "here", "片区": "skip", "镇街": "was", "区中心": "not"}

    def test_going_up_leaves_a_trace_below(self, town):
        dispute = town.dispute(town.village)
        routing.escalate(dispute, reason="村里办不了", by=town.clerk(town.village))
        assert statuses(dispute) == {"网格": "not", "村社": "was", "片区": "skip", "镇街": "here", "区中心": "not"}

    def test_what_a_grid_reported_was_at_the_grid_first(self, town):
        dispute = town.dispute(town.village, channel=Channel.GRID)
        assert statuses(dispute)["网格"] == "was"

    def test_a_district_of_four_levels_has_four_rungs(self, town):
        dispute = town.dispute()
        a_region().level.__class__.objects.filter(key="area").delete()
        assert list(statuses(dispute)) == ["网格", "村社", "镇街", "区中心"]


class TestStory:
    def test_every_entry_is_a_sentence_with_a_permalink(self, town, at_desk):
        dispute = routing.dispatch(town.dispute(), to=town.village, by=town.clerk(), remark="就近")
        text = page_of(at_desk(town.clerk()), dispute)
        assert 'id="e2"' in text
        assert 'href="?story=all#e2"' in text
        assert f"分派给{town.village}。就近" in text
        assert "今晚封存" in text

    def test_what_lies_under_a_seal_says_so(self, town, at_desk):
        dispute = town.dispute()
        seal(timezone.localdate())
        note(dispute, Reminded(remark="快"), by=town.clerk())
        text = page_of(at_desk(town.clerk()), dispute)
        assert text.count("已封存</a>") == 1
        assert text.count("今晚封存</a>") == 1

    def test_steps_and_papers_can_be_read_apart(self, town, at_desk):
        agreement = signed_by_all()
        client = at_desk(a_user(agreement.dispute.body, Role.MANAGER))
        address = f"/desk/disputes/{agreement.dispute.number}/?story="
        kinds = {
            show: {line.entry.kind.split(".")[0] for line in client.get(address + show).context["story"].lines}
            for show in ("steps", "papers", "all")
        }
        assert kinds["papers"] == {"agreement", "paper"}
        assert not kinds["steps"] & kinds["papers"]
        assert kinds["all"] == kinds["steps"] | kinds["papers"]

    def test_the_newest_are_shown_and_the_rest_is_one_click_away(self, town, at_desk):
        dispute = town.dispute()
        for n in range(14):
            note(dispute, Reminded(remark=f"第{n}次"), by=town.clerk())
        client = at_desk(town.clerk())
        assert "再看 3 条" in page_of(client, dispute)
        assert "登记了这件事" not in page_of(client, dispute)
        assert "登记了这件事" in page_of(client, dispute, "?story=all")

    def test_what_was_shredded_is_still_counted(self, town, at_desk):
        dispute = town.dispute()
        book.shred(Entry.objects.of("dispute", dispute.pk))
        assert "内容已按规定删除" in page_of(at_desk(town.clerk()), dispute)


class TestProof:
    def test_a_whole_record_says_so(self, town, at_desk):
        agreement = signed_by_all()
        seal(timezone.localdate())
        text = page_of(at_desk(a_user(agreement.dispute.body, Role.MANAGER)), agreement.dispute, "verify/")
        assert "整条记录是完整的" in text

    def tampered(self, sql, *params):
        with connection.cursor() as cursor, transaction.atomic():
            cursor.execute(sql, params)

    def test_a_row_changed_behind_its_back_is_named(self, town, at_desk):
        dispute = town.dispute()
        self.tampered("UPDATE disputes_dispute SET title = 'x' WHERE id = %s", dispute.pk)
        text = page_of(at_desk(town.clerk()), dispute, "verify/")
        assert "记录有问题" in text
        assert f"disputes.dispute:{dispute.pk} 和账本写的不一样" in text

    def test_an_encrypted_column_written_over_is_named(self, town, at_desk):
        dispute = town.dispute()
        party = dispute.applicants[0]
        self.tampered("UPDATE disputes_party SET home = 'f1.aes-gcm.x.AAAA' WHERE id = %s", party.pk)
        client = at_desk(town.clerk())
        assert client.get(f"/desk/disputes/{dispute.number}/").headers["Location"].endswith("/verify/")
        assert f"disputes.party:{party.pk} 解不开" in page_of(client, dispute, "verify/")

    def test_a_row_that_is_gone_is_named(self, town, at_desk):
        dispute = town.dispute()
        clock = dispute.main_clock
        self.tampered("DELETE FROM disputes_clock WHERE id = %s", clock.pk)
        assert f"disputes.clock:{clock.pk} 不见了" in page_of(at_desk(town.clerk()), dispute, "verify/")


class TestPapers:
    def sent(self, **kw):
        file = SimpleUploadedFile("现场.png", handwriting(200, 80), "image/png")
        return {"file": file, "kind": "08-evidence", "title": "现场照片", **kw}

    def test_a_photo_is_added_and_stands_among_the_papers(self, town, at_desk):
        dispute, client = town.dispute(), at_desk(town.clerk())
        answer = client.post(f"/desk/disputes/{dispute.number}/papers/add/", self.sent(party=dispute.applicants[0].pk))
        assert answer.headers["Location"] == f"/desk/disputes/{dispute.number}/#papers"
        text = page_of(client, dispute)
        assert "现场照片" in text
        assert "加了现场照片" in text

    def test_what_is_no_picture_is_refused_and_the_title_kept(self, town, at_desk):
        dispute, client = town.dispute(), at_desk(town.clerk())
        wrong = SimpleUploadedFile("x.png", b"MZ not a picture", "image/png")
        answer = client.post(f"/desk/disputes/{dispute.number}/papers/add/", self.sent(file=wrong))
        assert answer.status_code == 409
        assert "不是 PDF、JPG 或 PNG" in answer.content.decode()
        assert 'value="现场照片"' in answer.content.decode()

    def test_a_missing_field_is_said_beside_it(self, town, at_desk):
        client, dispute = at_desk(town.clerk()), town.dispute()
        assert client.post(f"/desk/disputes/{dispute.number}/papers/add/", self.sent(title="")).status_code == 422

    def test_who_only_reads_adds_nothing(self, town, at_desk):
        dispute = town.dispute()
        address = f"/desk/disputes/{dispute.number}/papers/add/"
        assert at_desk(a_user(town.centre, Role.LEADER)).post(address, self.sent()).status_code == 403
        assert at_desk(town.clerk(town.trade)).post(address, self.sent()).status_code == 404


class TestPeople:
    def test_nothing_stands_unmasked(self, town, at_desk):
        who = [
            a_party(
                name="沈玉兰", phone="13905722045", id_number="330502195902030028", home="塔下街墙壕里小区4幢201室"
            ),
            a_party("respondent", name="周建国", sex="男", born_on=date(1985, 1, 1), occupation="职工", agent="吴建芳"),
        ]
        dispute = town.dispute(parties=who, address="塔下街墙壕里小区4幢301室")
        for more in ("", "print/", "looks/", "verify/"):
            text = page_of(at_desk(town.clerk()), dispute, more)
            for secret in ("沈玉兰", "13905722045", "330502195902030028", "4幢201", "周建国", "吴建芳", "4幢301"):
                assert secret not in text, (more, secret)
        assert re.search("男，[0-9]+ 岁，职工；代理人：吴\\*芳", page_of(at_desk(town.clerk()), dispute))
        assert "139****2045" in page_of(at_desk(town.clerk()), dispute)

    def test_what_somebody_needs_stands_beside_their_name(self, town, at_desk):
        who = [a_party(needs=["elder", "talk_by_phone"]), a_party("respondent")]
        assert "老人、想电话里谈" in page_of(at_desk(town.clerk()), town.dispute(parties=who))


def test_the_printed_page_has_the_whole_story_and_no_navigation(town, at_desk):
    dispute = town.dispute()
    for n in range(14):
        note(dispute, Reminded(remark=f"第{n}次"), by=town.clerk())
    text = page_of(at_desk(town.clerk()), dispute, "print/")
    assert "登记了这件事" in text
    assert "fq-side" not in text


def test_what_is_known_to_be_empty_asks_nothing_and_the_rest_is_read(town, django_assert_num_queries):
    dispute = knowing_what_is_empty(town.dispute())
    with django_assert_num_queries(0):
        assert not dispute.assists.exists()
        assert dispute.tier_stays.running().first() is None
    assert dispute.parties.count() == 2
    routing.call_in(dispute, body=town.trade, reason="请来", by=town.clerk())
    assert Dispute.objects.get(pk=dispute.pk).assists.count() == 1


def test_the_page_costs_the_same_however_long_the_story(town, at_desk, django_assert_max_num_queries):
    agreement = signed_by_all()
    client = at_desk(a_user(agreement.dispute.body, Role.MANAGER))
    address = f"/desk/disputes/{agreement.dispute.number}/?story=all"
    client.get(address)
    with django_assert_max_num_queries(33) as few:
        client.get(address)
    for n in range(10):
        note(agreement.dispute, Reminded(remark=f"第{n}次"), by=town.clerk())
    with django_assert_max_num_queries(len(few)):
        client.get(address)
