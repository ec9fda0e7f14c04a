"""The database itself refuses to change or delete what the ledger holds; shredding a payload is the one exception."""

from django.db import migrations

ENTRY = ["id", "subject", "subject_id", "seq", "kind", "at", "actor", "rows", "digest", "prev", "hash"]
SEALED = ["ledger_seal", "ledger_sealedhead"]

SQLITE = [
    f"""CREATE TRIGGER ledger_entry_no_rewrite BEFORE UPDATE OF {", ".join(f'"{c}"' for c in ENTRY)} ON ledger_entry
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    """CREATE TRIGGER ledger_entry_only_shred BEFORE UPDATE OF payload, salt ON ledger_entry
        WHEN NEW.payload IS NOT NULL OR NEW.salt <> ''
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    """CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    *(
        f"""CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"""
        for table in SEALED
        for verb in ("UPDATE", "DELETE")
    ),
]
POSTGRES = [
    """CREATE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_TABLE_NAME = 'ledger_entry' AND TG_OP = 'UPDATE' THEN
            IF NEW.payload IS NULL AND NEW.salt = ''
               AND to_jsonb(NEW) - 'payload' - 'salt' = to_jsonb(OLD) - 'payload' - 'salt' THEN RETURN NEW; END IF;
          END IF;
          RAISE EXCEPTION 'the ledger is append-only';
        END $$""",
    *(
        f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION ledger_append_only()"""
        for table in ["ledger_entry", *SEALED]
    ),
]


def guard(apps, schema_editor):
    for sql in {"sqlite": SQLITE, "postgresql": POSTGRES}[schema_editor.connection.vendor]:
        schema_editor.execute(sql, params=None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
