"""The parts: what each draws, and that readers are told what the eye sees."""

import re
from pathlib import Path
from types import SimpleNamespace as Thing

import pytest
from django import forms
from django.core.paginator import Page, Paginator
from django.template import TemplateSyntaxError
from django.test import RequestFactory

from fengqiao.web.icons import IconMissing, icon_shape
from tests.web.urls import template

TEMPLATES = Path(__file__).resolve().parents[2] / "fengqiao"
ICON = re.compile(r"""{%\s*icon\s+"([a-z0-9-]+)"|icon="([a-z0-9-]+)\"""")


class Form(forms.Form):
    phone = forms.CharField(label="手机", help_text="没有可以写家人的")
    note = forms.CharField(label="说明", required=False, widget=forms.Textarea)
    level = forms.ChoiceField(label="等级", choices=[("1", "一般"), ("2", "复杂")], widget=forms.RadioSelect)
    care = forms.MultipleChoiceField(
        label="照顾", choices=[("old", "老人")], widget=forms.CheckboxSelectMultiple, required=False
    )
    key = forms.CharField(widget=forms.HiddenInput)


def test_an_icon_is_drawn_inline_and_hidden_from_readers():
    html = template('{% icon "clock" %}')
    assert html.startswith('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path')


def test_an_icon_that_is_not_there_says_what_to_do():
    with pytest.raises(IconMissing, match="npm ci"):
        icon_shape("no-such-icon")


def test_every_icon_that_a_template_names_exists():
    named = {
        name
        for file in TEMPLATES.glob("*/templates/**/*.html")
        for pair in ICON.findall(file.read_text(encoding="utf-8"))
        for name in pair
        if name
    }
    assert len(named) > 20
    for name in named:
        icon_shape(name)


def test_no_template_writes_style_or_script_into_the_page():
    for file in TEMPLATES.glob("*/templates/**/*.html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"<[^>]*\s(style|on[a-z]+|hx-on[:a-z-]*)=", text), file
        assert not re.search(r"<style|<script(?![^>]*\bsrc=)(?![^>]*application/json)", text), file


def test_a_qr_code_is_a_picture_with_a_name():
    html = template("{% qr url label %}", url="https://example.org/f/AB12CD34", label="查进度二维码")
    assert 'role="img" aria-label="查进度二维码"' in html
    assert re.search(r'viewBox="-2 -2 (\d+) \1"', html)


def test_a_state_is_an_icon_and_a_word():
    html = template('{% state "late" "待受理超期" %}')
    assert "is-late" in html
    assert "<svg" in html
    assert "待受理超期" in html


def test_no_clock_draws_nothing():
    assert template("{% clock none %}", none=None).strip() == ""


def test_the_turn_bar_holds_one_act_and_says_why():
    html = template(
        '{% turn_bar "轮到您" "决定受理。" why=why kind="time" %}<button type="submit">受理</button>{% endturn_bar %}',
        why=["48 小时。", "从分派算起。"],
    )
    assert '<button type="submit">受理</button>' in html
    assert html.count("为什么是这个时间") == 1
    assert html.count('class="why"') == 2


def test_the_turn_bar_escapes_what_people_wrote():
    html = template("{% turn_bar who %}{% endturn_bar %}", who="<b>恶</b>")
    assert "<b>恶" not in html
    assert 'class="act"' not in html


def test_the_ladder_marks_where_it_is():
    steps = [
        Thing(level="网格", name="第 3 网格", notes=[], status="was"),
        Thing(level="镇街", name="月河", status="here"),
    ]
    html = template("{% ladder steps %}", steps=steps)
    assert html.count('aria-current="step"') == 1
    assert "在这里" in html


def test_a_shredded_entry_says_so_and_keeps_its_seal():
    from django.utils import timezone

    entry = Thing(at=timezone.now(), icon="eye-off", sentence="秘密", is_shredded=True, is_sealed=True, url="/e/1")
    html = template("{% story entries %}", entries=[entry])
    assert "秘密" not in html
    assert "已按规定删除" in html
    assert 'href="/e/1"' in html


class TestField:
    def test_a_right_field_is_labelled_and_hinted(self):
        html = template("{% field form.phone inputmode='tel' %}", form=Form())
        assert 'for="id_phone"' in html
        assert "必填" in html
        assert 'aria-describedby="id_phone_help"' in html
        assert 'id="id_phone_help"' in html
        assert 'inputmode="tel"' in html

    def test_a_wrong_field_says_what_is_wrong_beside_it(self):
        html = template("{% field form.phone %}", form=Form({"phone": ""}))
        assert 'aria-invalid="true"' in html
        assert 'aria-describedby="id_phone_help id_phone_error"' in html
        assert 'class="form-control is-invalid"' in html

    def test_an_optional_field_says_so_in_words(self):
        assert "选填" in template("{% field form.note %}", form=Form())
        assert "知道多少写多少" in template("{% field form.note optional='知道多少写多少' %}", form=Form())

    def test_choices_are_real_inputs_in_a_named_group(self):
        html = template("{% field form.level %}", form=Form({"level": "2"}))
        assert "<legend" in html
        assert html.count('type="radio"') == 2
        assert re.search(r'value="2"[^>]*checked', html)
        assert 'class="form-check-input"' in template("{% field form.care %}", form=Form())

    def test_a_hidden_field_has_no_label(self):
        assert template("{% field form.key %}", form=Form()).strip() == '<input type="hidden" name="key" id="id_key">'

    def test_a_misspelt_option_is_found_out(self):
        with pytest.raises((TypeError, TemplateSyntaxError)):
            template("{% field form.phone inputmod='tel' %}", form=Form())


class TestPager:
    def test_numbers_keep_the_filters_of_the_address(self):
        page = Page([1], 2, Paginator(range(43), 9))
        html = template("{% pager page '件纠纷' %}", page=page, request=RequestFactory().get("/?stage=a&page=2"))
        assert "共 43 件纠纷" in html
        assert 'href="?stage=a&amp;page=3"' in html
        assert html.count('aria-current="page"') == 1

    def test_a_cursor_has_only_back_and_on(self):
        page = Thing(previous_cursor=None, next_cursor="abc", total=None)
        html = template("{% pager page '件纠纷' %}", page=page, request=RequestFactory().get("/?stage=a"))
        assert 'href="?stage=a&amp;cursor=abc"' in html
        assert "共" not in html


def test_a_masked_value_is_shown_by_a_logged_click():
    html = template("{% masked '139****2045' '电话' '/look/1' %}", csrf_token="t")
    assert 'action="/look/1"' in html
    assert 'aria-label="查看电话，会记入查看日志"' in html
    assert "<form" not in template("{% masked '139****2045' '电话' %}")


def test_a_dialog_is_a_form_that_needs_no_script():
    html = template(
        "{% dialog '退回给区中心' '退回' action='/return/' open=wrong kind='stop' %}<p>为什么</p>{% enddialog %}",
        wrong={"reason": ["太短"]},
        csrf_token="t",
    )
    assert re.search(r"<details class=\"fq-act\"[^>]* open>", html)
    assert 'name="form_key"' in html
    assert 'name="csrfmiddlewaretoken" value="t"' in html
    assert "<p>为什么</p>" in html


def test_two_forms_have_two_keys():
    first, second = template("{% form_key %}"), template("{% form_key %}")
    assert first != second


def test_typed_words_are_underlined_and_nothing_is_let_through():
    html = template("{{ text|highlight:words }}", text="余家漾<b>路 12 号", words="余家漾 12")
    assert html == "<mark>余家漾</mark>&lt;b&gt;路 <mark>12</mark> 号"


def test_what_was_seen_is_sent_along():
    assert template("{% seen dispute %}", dispute=Thing(version=7)) == '<input type="hidden" name="seen" value="7">'
