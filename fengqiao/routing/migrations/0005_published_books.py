"""The database itself refuses to change or delete a published version of the rules, and what was decided by it."""

from django.db import migrations

ROWS = ["routing_routingdecision", "routing_refusal"]
WHY = "what was published or decided is not rewritten"

SQLITE = [
    f"""CREATE TRIGGER routing_rulebook_no_rewrite BEFORE UPDATE ON routing_rulebook WHEN OLD.version IS NOT NULL
        BEGIN SELECT RAISE(ABORT, '{WHY}'); END""",
    *(
        f"""CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{WHY}'); END"""
        for table in ROWS
    ),
    *(
        f"""CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{WHY}'); END"""
        for table in ["routing_rulebook", *ROWS]
    ),
]
POSTGRES = [
    f"""CREATE FUNCTION routing_not_rewritten() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_TABLE_NAME = 'routing_rulebook' AND TG_OP = 'UPDATE' THEN
            IF to_jsonb(OLD) -> 'version' = 'null'::jsonb THEN RETURN NEW; END IF;
          END IF;
          RAISE EXCEPTION '{WHY}';
        END $$""",
    *(
        f"""CREATE TRIGGER {table}_not_rewritten BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION routing_not_rewritten()"""
        for table in ["routing_rulebook", *ROWS]
    ),
]


def guard(apps, schema_editor):
    for sql in {"sqlite": SQLITE, "postgresql": POSTGRES}[schema_editor.connection.vendor]:
        schema_editor.execute(sql, params=None)


class Migration(migrations.Migration):
    dependencies = [("routing", "0004_carried_over")]
    operations = [migrations.DeleteModel(name="Rule"), migrations.RunPython(guard, migrations.RunPython.noop)]
