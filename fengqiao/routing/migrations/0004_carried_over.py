"""What a county had as rules and duty list until now is version 1 of its rules, told to the ledger like any other."""

from django.db import migrations
from django.utils import timezone

from fengqiao.ledger import book as ledger
from fengqiao.people.models import SYSTEM
from fengqiao.routing.events import SUBJECT, RulesLoaded
from fengqiao.routing.rules.derived import Line, derived


def carry_over(apps, schema_editor):
    RuleBook, Rule, Duty = (apps.get_model("routing", name) for name in ("RuleBook", "Rule", "Duty"))
    if not Rule.objects.exists() and not Duty.objects.exists():
        return
    today = timezone.localdate()
    rules = [
        Line(_code(row), row.place_code, row.body.key, row.reason)
        for row in Rule.objects.select_related("body", "category")
    ]
    duties = [
        Line(_code(row), row.place_code, row.lead.key, row.name, row.item)
        for row in Duty.objects.select_related("lead", "category")
        if (row.effective_from or today) <= today <= (row.effective_to or today)
    ]
    rows, now = [rule.as_json() for rule in derived(rules, duties)], timezone.now()
    made = RuleBook.objects.create(version=1, rules=rows, written_at=now, published_at=now)
    ledger.begin(SUBJECT, made.pk, RulesLoaded(version=1, rules=len(rows)), by=SYSTEM, rows=[made])


def _code(row):
    return row.category.code if row.category else ""


class Migration(migrations.Migration):
    dependencies = [("routing", "0003_rule_books"), ("ledger", "0003_job")]
    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
