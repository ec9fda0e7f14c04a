"""Looking a draft over: what a court would stumble over, what changed, and words that fit who reads them."""

from datetime import date

import pytest
from django.utils import translation

from fengqiao.agreements.changes import between
from fengqiao.agreements.content import AgreementContent, Clause, Term, letters, must_be_on_paper
from fengqiao.agreements.library import BadTemplate, fitting, load_templates, start_from
from fengqiao.agreements.models import Template
from fengqiao.agreements.review import blanks, checklist, faults
from fengqiao.agreements.sheet import for_press, on_screen
from fengqiao.agreements.stamp import stamp
from fengqiao.agreements.wording import in_short, spoken_to
from fengqiao.disputes.models import PartyKind
from fengqiao.ledger.verify import verify
from tests.agreements.scene import at_the_table, in_days, out_for_signing, party_of, shen, signed_by, water_leak, zhou
from tests.world import a_category, a_party

pytestmark = pytest.mark.django_db


def said(content, dispute, kind=None):
    return [one.text for one in checklist(content, dispute) if kind is None or one.kind == kind]


def a_clause(text):
    return AgreementContent(clauses=[Clause(text)])


def test_a_whole_agreement_pleases_the_court():
    parties = [shen(id_number="330501195902030022"), zhou(id_number="330501198506150033")]
    dispute = at_the_table(parties=parties)
    assert {one.kind for one in checklist(water_leak(dispute), dispute)} == {"done"}


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("双方同意离婚。", "late", "婚姻、亲子、收养"),
        ("确认房屋所有权归甲方。", "late", "产权归属"),
        ("乙方尽快支付。", "soon", "“尽快”说不清"),
        ("甲方不得再报警。", "late", "可能违反法律"),
    ],
)
def test_what_a_court_refuses_is_pointed_at_by_clause(text, kind, says):
    lines = said(a_clause(text), at_the_table(), kind)
    assert any(says in line and "第一条" in line for line in lines)


def test_ordinary_words_raise_no_alarm():
    dispute = at_the_table()
    for text in ("乙方于2026年12月1日前付清。", "房屋的漏水由乙方修好。", "双方互相谅解，不再追究。"):
        lines = checklist(a_clause(text), dispute)
        assert not [one for one in lines if one.part == "clauses"], text


def test_who_pays_whom_and_where_to_is_asked_for():
    dispute = at_the_table()
    theirs = dispute.respondents[0]
    loose = Term(what="付款", debtor=theirs, amount_fen=100, due_on=in_days(2), method="银行转账")
    lines = said(AgreementContent(clauses=[Clause("付款。")], terms=[loose]), dispute, "soon")
    assert "第 1 项没写付给谁。" in lines
    assert "收款账号还没填。" in lines
    assert "沈*兰的身份证号还没登记。" in lines
    labour = at_the_table(category=a_category("10", "劳动争议"))
    leave = Term(what="开离职证明", debtor=labour.respondents[0], due_on=in_days(2))
    assert any("只能确认给钱" in line for line in said(AgreementContent(clauses=[], terms=[leave]), labour))


def test_an_organisation_without_a_code_or_a_head_is_asked_about():
    firm = a_party("respondent", name="湖州安居物业服务有限公司", kind=PartyKind.ORGANISATION)
    lines = said(a_clause("付款。"), at_the_table(parties=[shen(), firm]), "soon")
    assert "湖州安居物业服务有限公司的统一社会信用代码还没登记。" in lines
    assert "湖州安居物业服务有限公司的代表人还没登记。" in lines


def test_changes_are_told_clause_by_clause():
    old = AgreementContent(clauses=[Clause("渗水由乙方承担。"), Clause("乙方一次付清8,600元。"), Clause("再无争议。")])
    new = AgreementContent(
        clauses=[
            Clause("渗水由乙方承担。"),
            Clause("乙方分两期付清8,600元。"),
            Clause("做48小时闭水试验。"),
            Clause("再无争议。"),
        ]
    )
    assert between(old, new) == ["第 2 条：一次 → 分两期", "加了第 3 条：做48小时闭水试验。"]
    assert between(new, old) == ["第 2 条：分两期 → 一次", "删了原第 3 条：做48小时闭水试验。"]
    assert between(old, old) == []


def test_changed_dates_and_sums_are_told_whole():
    dispute = at_the_table()
    debtor = dispute.respondents[0]
    old = [Term(what="付款", debtor=debtor, amount_fen=860000, due_on=date(2026, 12, 1))]
    new = [
        Term(what="付款", debtor=debtor, amount_fen=960000, due_on=date(2026, 12, 31)),
        Term(what="道歉", debtor=debtor),
    ]
    lines = between(AgreementContent(clauses=[], terms=old), AgreementContent(clauses=[], terms=new))
    assert lines == ["履行第 1 项：01 → 31；8,600.00 → 9,600.00", "加了履行第 2 项：周*国 道歉"]


def test_a_clause_speaks_to_the_one_who_reads_it():
    agreement = out_for_signing()
    assert spoken_to(agreement, party_of(agreement))[1] == "周先生赔您 8,600 元，分两次。"
    assert spoken_to(agreement, party_of(agreement, "respondent"))[1] == "您赔沈女士 8,600 元，分两次。"
    many = out_for_signing(at_the_table(parties=[shen(), a_party(name="吴建芳"), zhou()]))
    assert spoken_to(many, party_of(many))[1] == "乙方赔甲方 8,600 元，分两次。"
    assert in_short("周先生把卫生间的防水层重新做一遍并且做好试验。") == "周先生把卫生间的防水层重新做一遍并且…"


def test_several_on_a_side_are_numbered():
    dispute = at_the_table(parties=[shen(), a_party(name="吴建芳"), zhou()])
    assert sorted(letters(dispute).values()) == sorted(["甲方一", "甲方二", "乙方"])


def test_a_group_and_an_organisation_sign_through_their_head():
    group = shen(kind=PartyKind.GROUP, head_count=12, representative="吴建芳")
    firm = a_party("respondent", name="湖州安居物业服务有限公司", kind=PartyKind.ORGANISATION, representative="潘秀英",
                   id_number="91330500MA28CX0000")  # fmt: skip
    data = for_press(out_for_signing(at_the_table(parties=[group, firm])))
    assert data["parties"][0]["name"] == "沈玉兰等12人（代表人吴建芳）"
    assert data["parties"][1]["credit_code"] == "91330500MA28CX0000"
    assert [signer["hint"] for signer in data["signers"]] == ["代表人签名", "代表人签名、盖章", "签名"]


def test_the_screen_masks_what_the_paper_shows():
    agreement = out_for_signing()
    screen, paper = str(on_screen(agreement)), str(for_press(agreement))
    assert "4幢201室" in paper
    assert "4幢201室" not in screen
    assert "6222 0212 0500 1234 567" in paper
    assert "****4567" in screen


def test_papers_speak_chinese_whatever_the_screen_speaks():
    agreement = out_for_signing()
    with translation.override("en"):
        data = for_press(agreement)
        assert signed_by(agreement, party_of(agreement)).signed == 1
        assert translation.get_language() == "en"
    assert data["parties"][0]["role"] == "申请人（甲方）"
    assert [signer["role"] for signer in data["signers"]] == ["甲方", "乙方", "人民调解员"]


def test_personal_status_goes_on_paper_by_default_and_by_the_templates_word():
    load_templates()
    family, neighbours = at_the_table(category=a_category("01", "婚姻家庭")), at_the_table()
    support, leak = Template.objects.get(key="family-support"), Template.objects.get(key="water-leak")
    clauses = [Clause("付款。")]
    assert must_be_on_paper(family, AgreementContent(clauses=clauses))
    assert not must_be_on_paper(neighbours, AgreementContent(clauses=clauses))
    assert not must_be_on_paper(family, AgreementContent(clauses=clauses, paper_only=False))
    assert must_be_on_paper(family, AgreementContent(clauses=clauses, template=support, paper_only=False))
    assert not must_be_on_paper(family, AgreementContent(clauses=clauses, template=leak))


# ── templates ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_templates_load_once_and_are_on_record():
    assert len(load_templates()) == 8
    assert load_templates() == []
    assert list(verify()) == []


def test_every_template_becomes_a_draft_that_only_lacks_its_blanks_and_days():
    load_templates()
    for template in Template.objects.all():
        dispute = at_the_table(category=a_category(template.category_codes[0], template.name))
        assert template.category_codes[0] in fitting(dispute)[0].category_codes
        content = start_from(template, dispute)
        assert len(content.clauses) >= 4, template
        assert all(clause.plain for clause in content.clauses), template
        assert all(term.debtor and term.creditor for term in content.terms), template
        wrong = [line for line in faults(content, dispute) if "还没有填" not in line and "没写到哪一天" not in line]
        assert wrong == [], template
        named = {row[field] for row in template.terms for field in ("amount", "due") if row.get(field)}
        assert named <= set(blanks(content)), template


def test_a_newer_version_replaces_the_older_and_the_same_version_stays_as_it_is(tmp_path):
    words = "key: x\nversion: {v}\nname: 样式\ncategories: ['02']\nclauses:\n  - {{text: {t}}}\n"
    file = tmp_path / "x.yaml"
    file.write_text(words.format(v=1, t="甲"), encoding="utf-8")
    load_templates(tmp_path)
    file.write_text(words.format(v=1, t="乙"), encoding="utf-8")
    with pytest.raises(BadTemplate, match="raise the version"):
        load_templates(tmp_path)
    file.write_text(words.format(v=2, t="乙"), encoding="utf-8")
    load_templates(tmp_path)
    assert list(Template.objects.values_list("version", "is_active")) == [(1, False), (2, True)]
    assert list(verify()) == []


@pytest.mark.parametrize("broken", ["[", "key: x", "key: x\nversion: 1\ncategories: []\nclauses: [1]", "\x00"])
def test_a_broken_template_is_refused_by_name_and_nothing_is_loaded(tmp_path, broken):
    (tmp_path / "a.yaml").write_text(
        "key: a\nversion: 1\nname: 样式\ncategories: ['02']\nclauses: []\n", encoding="utf-8"
    )
    (tmp_path / "b.yaml").write_text(broken, encoding="utf-8")
    with pytest.raises(BadTemplate, match=r"b\.yaml"):
        load_templates(tmp_path)
    assert not Template.objects.exists()


def test_the_letters_of_the_seal_stand_on_their_arc():
    drawn = stamp("湖州市吴兴区飞英街道人民调解委员会", sample=True)
    assert len(drawn.letters) == 17
    middle = drawn.letters[8]
    assert (middle.x, middle.y, middle.angle) == ("100.0", "26.0", "0.0")
