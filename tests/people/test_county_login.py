"""The county's own sign-in: who comes back from there with a token that is signed, for us, and for this very try."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from fengqiao.config import environment
from fengqiao.config.environment import UnsafeSettings
from fengqiao.people import factors
from fengqiao.people.models import Access, Result, User
from tests.people.conftest import shown
from tests.people.county import County

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # what the county says of somebody: the engine has no say
ONWARD = "/ui-kit/"


@pytest.fixture
def county(settings):
    with County() as provider:
        settings.COUNTY_SIGN_IN = provider.settings
        yield provider


def sent_there(client: Client) -> dict[str, str]:
    """What the browser carries to the provider."""
    answer = client.get(f"/login/county/?next={ONWARD}")
    assert answer.status_code == 302
    return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))


def come_back(client: Client, county: County, who="1001", **changed):
    """Sign in over there and return."""
    address = county.back({**sent_there(client), "who": who})
    told = {**dict(parse_qsl(urlsplit(address).query)), **changed}
    return client.get("/login/county/back/", told)


def test_who_has_an_account_is_in_and_where_they_wanted_to_go(client, county, clerk):
    assert come_back(client, county).headers["Location"] == ONWARD
    assert client.get(ONWARD).status_code == 200
    line = Access.objects.get()
    assert (line.way, line.result, line.user) == ("county", Result.ENTERED, clerk)


def test_nothing_is_asked_that_the_provider_could_answer_to_somebody_else(client, county):
    asked = sent_there(client)
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 32
    assert len(asked["nonce"]) >= 32
    assert asked["redirect_uri"].endswith("/login/county/back/")
    assert sent_there(client)["state"] != asked["state"]


def test_a_stranger_gets_a_clear_sentence_and_no_account(client, county, clerk):
    county.people["1002"] = "nobody"
    answer = come_back(client, county, who="1002")
    assert answer.status_code == 409
    assert "这里没有您的账户" in answer.content.decode()
    assert User.objects.count() == 1
    assert Access.objects.get().result == Result.UNKNOWN


def test_a_closed_account_stays_closed(client, county, clerk):
    User.objects.update(is_active=False)
    assert come_back(client, county).status_code == 409
    assert Access.objects.get().result == Result.CLOSED


LIES = {
    "another try's nonce": {"nonce": "of-another-try"}, "no nonce": {"nonce": ""}, "another issuer": {"iss": "http://evil"},
    "for another client": {"aud": "somebody-else"}, "run out": {"exp": 1000}, "from the future": {"iat": 9999999999},
    "for several, and not said for whom": {"aud": ["fengqiao", "other"]}, "for another of them": {"azp": "other"},
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_lies_opens_nothing(client, county, clerk, lie):
    county.lies = LIES[lie]
    answer = come_back(client, county)
    assert answer.status_code == 409
    assert "没有通过" in answer.content.decode()
    assert client.get(ONWARD).status_code == 302
    assert Access.objects.get().result == Result.REFUSED


@pytest.mark.parametrize("how", ["forged", "unsigned"])
def test_nor_one_that_the_provider_did_not_sign(client, county, clerk, how):
    setattr(county, how, True)
    assert come_back(client, county).status_code == 409
    assert client.get(ONWARD).status_code == 302


def test_an_answer_to_nothing_we_asked_is_refused(client, county, clerk):
    assert come_back(client, county, state="guessed").status_code == 409
    assert county.redeemed == [], "the code is not even shown to the provider"


def test_an_answer_is_good_once(client, county, clerk):
    address = county.back({**sent_there(client), "who": "1001"})
    told = dict(parse_qsl(urlsplit(address).query))
    assert client.get("/login/county/back/", told).status_code == 302
    client.post("/logout/")
    assert client.get("/login/county/back/", told).status_code == 409


def test_an_answer_is_good_in_the_browser_that_asked(client, county, clerk):
    told = dict(parse_qsl(urlsplit(county.back({**sent_there(client), "who": "1001"})).query))
    assert Client().get("/login/county/back/", told).status_code == 409


def test_a_refusal_over_there_is_told(client, county, clerk):
    assert come_back(client, county, who="9999").status_code == 409


def test_keys_changed_over_there_are_fetched_anew(client, county, clerk):
    assert come_back(client, county).status_code == 302
    client.post("/logout/")
    county.key = county.other
    assert come_back(client, county).status_code == 302


def test_a_provider_that_is_silent_is_told_in_a_sentence(client, county, clerk, settings):
    settings.COUNTY_SIGN_IN = {**county.settings, "ISSUER": "http://127.0.0.1:9"}
    answer = client.get("/login/county/")
    assert answer.status_code == 409
    assert "没有回应" in answer.content.decode()


def test_no_secret_goes_over_an_open_line(client, county, settings):
    settings.COUNTY_SIGN_IN = {**county.settings, "ISSUER": "http://sso.example.gov.cn"}
    assert client.get("/login/county/").status_code == 409


def test_it_is_offered_where_it_is_set_up_and_only_there(client, county, clerk, settings):
    assert "用县统一登录登录" in client.get("/login/").content.decode()
    settings.COUNTY_SIGN_IN = {}
    assert "/login/county/" not in client.get("/login/").content.decode()
    assert client.get("/login/county/").headers["Location"] == "/login/"


@pytest.mark.parametrize("whose", ["ours", "theirs"])
def test_a_second_factor_is_asked_for_here_unless_theirs_counts(client, county, phone, settings, whose):
    settings.COUNTY_SIGN_IN = {**county.settings, "SECOND_FACTOR": whose}
    answer = come_back(client, county)
    if whose == "theirs":
        assert answer.headers["Location"] == ONWARD
        return
    assert answer.headers["Location"] == "/login/factor/"
    assert client.get("/login/factor/").status_code == 200
    assert client.post("/login/factor/", {"code": shown(phone[0])}).headers["Location"] == ONWARD


def test_required_and_none_bound_it_is_bound_first(client, county, clerk, settings):
    settings.SECOND_FACTOR = "required"
    come_back(client, county)
    assert client.get("/desk/").headers["Location"] == "/account/"
    assert not factors.factors_of(clerk).any


def test_half_a_set_up_is_refused_at_the_start(monkeypatch):
    monkeypatch.setenv("OIDC_ISSUER", "https://sso.example.gov.cn")
    with pytest.raises(UnsafeSettings, match="OIDC_CLIENT_ID"):
        environment.county_sign_in(production=False)


def test_production_takes_no_open_line(monkeypatch):
    for name, value in {"ISSUER": "http://sso.example.gov.cn", "CLIENT_ID": "x", "CLIENT_SECRET": "y"}.items():
        monkeypatch.setenv(f"OIDC_{name}", value)
    with pytest.raises(UnsafeSettings, match="https"):
        environment.county_sign_in(production=True)
    assert environment.county_sign_in(production=False)["CLAIM"] == "preferred_username"
