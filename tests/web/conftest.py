"""A clerk at the desk, and a template for the views in urls.py."""

import pytest
from django.test import Client

from tests.web import urls
from tests.world import a_user

FORM = """{% extends "web/desk_base.html" %}{% load ui partials %}{% block main %}{% partialdef form inline %}
<form id="return" method="post" action="/return/" hx-post="/return/" hx-target="#return" hx-swap="outerHTML" data-submit-key data-draft="return" novalidate
  {% if form.is_bound %}data-draft-state="bound"{% endif %}>
{% csrf_token %}{% form_errors form %}{% if form %}{% field form.reason %}{% endif %}<button type="submit" class="btn btn-primary">退回</button>
<span data-draft-note="草稿 {time} 已存" hidden></span></form>
{% endpartialdef %}{% endblock %}"""


PLACE = """{% extends "web/phone_base.html" %}{% load ui static %}{% block main %}<form method="post" novalidate>{% csrf_token %}
{% field form.place combobox="/suggest/" into="id_place_id" %}{% field form.place_id %}{% include "web/pad.html" with name="signature" %}
<button type="submit" class="btn btn-primary">提交签名</button></form>{% endblock %}{% block scripts %}
<script src="{% static 'vendor/signature_pad.umd.min.js' %}" defer></script><script src="{% static 'web/pad.js' %}" defer></script>
<script src="{% static 'web/combobox.js' %}" defer></script>{% endblock %}"""


@pytest.fixture(autouse=True)
def try_views(settings, tmp_path):
    """The views of tests/web/urls.py, and their templates."""
    (tmp_path / "web_try.html").write_text(FORM, encoding="utf-8")
    (tmp_path / "web_place.html").write_text(PLACE, encoding="utf-8")
    settings.ROOT_URLCONF = "tests.web.urls"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    urls.DONE.clear()


@pytest.fixture
def clerk(db):
    user = a_user(name="陈晓燕", username="chen")
    user.set_password("yuehe-2026-x")
    user.save()
    return user


@pytest.fixture
def at_desk(clerk) -> Client:
    client = Client()
    client.force_login(clerk)
    return client
