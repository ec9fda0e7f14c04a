from django.db import migrations, models

from fengqiao.kernel.secrets import blind_index
from fengqiao.kernel.sounds import sound_of

BATCH = 2000


def fill(apps, schema_editor):
    """How the names that are there already sound."""
    parties = apps.get_model("disputes", "Party").objects.only("pk", "name")
    rows = []
    for party in parties.iterator(BATCH):
        if sound := sound_of(party.name):
            party.sound_index = blind_index(sound, "sound")
            rows.append(party)
        if len(rows) == BATCH:
            parties.model.objects.bulk_update(rows, ["sound_index"])
            rows = []
    parties.model.objects.bulk_update(rows, ["sound_index"])


class Migration(migrations.Migration):
    dependencies = [("disputes", "0010_consulted")]

    operations = [
        migrations.AddField(
            model_name="party",
            name="sound_index",
            field=models.CharField(blank=True, db_index=True, default="", max_length=64),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
