"""The database itself refuses to change or delete what the ledger holds; shredding a payload is the one exception."""

import django.db.models.deletion
from django.db import migrations, models

from fengqiao.kernel.schema import Own, Tables

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
    """CREATE OR REPLACE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
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


class Migration(migrations.Migration):
    replaces = [("ledger", "0002_append_only"), ("ledger", "0003_job")]

    initial = True

    dependencies = []

    operations = [
        Tables(
            migrations.CreateModel(
                name="Job",
                fields=[
                    ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                    ("next_at", models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name="Seal",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("day", models.DateField(unique=True)),
                    ("sealed_at", models.DateTimeField()),
                    ("heads", models.PositiveIntegerField()),
                    ("root", models.CharField(max_length=80)),
                    ("prev", models.CharField(max_length=80)),
                    ("key", models.CharField(max_length=64)),
                    ("signature", models.CharField(max_length=128)),
                ],
                options={
                    "ordering": ["day"],
                },
            ),
            migrations.CreateModel(
                name="Entry",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("subject", models.CharField(max_length=20)),
                    ("subject_id", models.BigIntegerField()),
                    ("seq", models.PositiveIntegerField()),
                    ("kind", models.CharField(max_length=60)),
                    ("at", models.DateTimeField()),
                    ("actor", models.CharField(max_length=40)),
                    ("rows", models.JSONField()),
                    ("payload", models.JSONField(null=True)),
                    ("salt", models.CharField(max_length=32)),
                    ("digest", models.CharField(max_length=80)),
                    ("prev", models.CharField(max_length=80)),
                    ("hash", models.CharField(max_length=80)),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["kind", "at"], name="ledger_entr_kind_a49eaa_idx"),
                        models.Index(fields=["at"], name="ledger_entr_at_41cf6b_idx"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("subject", "subject_id", "seq"), name="ledger_one_entry_per_seq"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="SealedHead",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("subject", models.CharField(max_length=20)),
                    ("subject_id", models.BigIntegerField()),
                    ("seq", models.PositiveIntegerField()),
                    ("hash", models.CharField(max_length=80)),
                    (
                        "seal",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="sealed_heads", to="ledger.seal"
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["subject", "subject_id", "seq"], name="ledger_seal_subject_aecc89_idx")
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("seal", "subject", "subject_id"), name="ledger_one_head_per_seal"
                        )
                    ],
                },
            ),
        ),
        Own(sqlite=SQLITE, postgresql=POSTGRES),
    ]
