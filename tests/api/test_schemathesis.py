"""A machine that tries everything the schema allows and much that it does not finds no broken answer."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings

from fengqiao.api import tokens
from fengqiao.api.models import issue
from fengqiao.people.models import Role
from tests.access.visiting import read_once
from tests.world import a_category, a_committee, a_registered_dispute, a_user

# Made when the test begins, not when tests are collected: it takes seconds, in every process that collects.
schema = schemathesis.pytest.from_fixture("described")


@pytest.fixture
def _one_connection():
    """A real WSGI call ends by closing the connection, which here belongs to the test's transaction."""
    request_finished.disconnect(close_old_connections)
    request_started.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)
    request_started.connect(close_old_connections)


@pytest.fixture
def described(_one_connection, request):
    request.node._nodeid = request.node.nodeid  # schemathesis 4.32 looks for it where pytest 9.2 has it no more
    found = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    found.config.phases.coverage.unexpected_methods = (
        set()
    )  # the router's answer, the same for all; tests/access asks it
    return found


@pytest.fixture
def caller(db, _one_connection, monkeypatch):
    monkeypatch.setattr(tokens, "owner_of", read_once(tokens.owner_of))
    office = a_committee()
    user = a_user(office, Role.DISPATCHER)
    a_category()
    return {"token": issue(user, name="测试"), "number": a_registered_dispute(office, user).number}


@pytest.mark.postgresql  # which refuses what SQLite lets pass: a zero byte, a number that is too large
@pytest.mark.django_db
@schema.parametrize()
@settings(
    max_examples=4, derandomize=True, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_no_operation_breaks_its_own_schema(case, caller):
    if "number" in case.path_parameters and len(str(case.path_parameters["number"])) % 2:
        case.path_parameters["number"] = caller["number"]
    case.call_and_validate(headers={"Authorization": f"Bearer {caller['token']}"})
