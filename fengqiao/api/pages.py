"""The API's own page: every operation, drawn on the server from the schema, so that it needs no script and no other site."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .acts import DOING
from .v1 import api


@login_not_required
@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """What can be called, with what, and what comes back."""
    schema = api.get_openapi_schema()
    acts = [{"act": act, "body": _fields(doing.body.model_json_schema())} for act, doing in DOING.items()]
    return render(
        request, "api/documentation.html", {"operations": _operations(schema), "acts": acts, "info": schema["info"]}
    )


def _operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "method": method.upper(), "path": address, "summary": operation.get("description", ""),
            "parameters": operation.get("parameters", []), "body": _body(schema, operation),
            "answers": sorted(str(status) for status in operation["responses"]),
        }
        for address, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]  # fmt: skip


def _body(schema: dict[str, Any], operation: dict[str, Any]) -> list[dict[str, Any]]:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    name = content.get("$ref", "").rsplit("/", 1)[-1]
    return _fields(schema["components"]["schemas"][name]) if name else []


def _fields(schema: dict[str, Any]) -> list[dict[str, Any]]:
    required = schema.get("required", [])
    return [
        {"name": name, "type": _type(field), "required": name in required, "rules": _rules(field)}
        for name, field in schema.get("properties", {}).items()
    ]


def _type(field: dict[str, Any]) -> str:
    if "anyOf" in field:
        return " | ".join(_type(one) for one in field["anyOf"])
    if "$ref" in field:
        return str(field["$ref"].rsplit("/", 1)[-1])
    if "enum" in field:
        return " | ".join(field["enum"])
    return f"[{_type(field['items'])}]" if "items" in field else str(field.get("type", "any"))


def _rules(field: dict[str, Any]) -> str:
    names = ("minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems")
    return ", ".join(f"{name} {field[name]}" for name in names if name in field)
