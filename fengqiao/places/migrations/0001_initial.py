"""The index of addresses is one table per engine, written and read by fengqiao.places.library."""

import django.db.models.deletion
from django.db import migrations, models

from fengqiao.kernel.schema import Own, Tables
from fengqiao.places.library.index import postgres, sqlite


class Migration(migrations.Migration):
    replaces = [("places", "0002_address_library")]

    initial = True

    # Nothing of it is needed. At many of its steps Django builds anew all models that there are: here they are few.
    dependencies = [("django_tasks_database", "0021_conditional_partial_index_ordering")]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Level",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("key", models.SlugField(max_length=20, unique=True)),
                    ("name", models.CharField(max_length=20)),
                    ("rank", models.PositiveSmallIntegerField(unique=True)),
                    ("width", models.PositiveSmallIntegerField()),
                ],
                options={
                    "ordering": ["rank"],
                },
            ),
            migrations.CreateModel(
                name="Region",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("code", models.CharField(max_length=15, unique=True)),
                    ("name", models.CharField(max_length=60)),
                    ("is_slot", models.BooleanField(default=False)),
                    (
                        "level",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="regions", to="places.level"
                        ),
                    ),
                    (
                        "parent",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="children",
                            to="places.region",
                        ),
                    ),
                ],
                options={
                    "ordering": ["code"],
                },
            ),
            migrations.CreateModel(
                name="Address",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("code", models.CharField(max_length=21, unique=True)),
                    ("serial", models.PositiveIntegerField()),
                    ("road", models.CharField(blank=True, max_length=40)),
                    ("number", models.CharField(blank=True, max_length=20)),
                    ("poi", models.CharField(blank=True, max_length=60)),
                    ("building", models.CharField(blank=True, max_length=20)),
                    ("unit", models.CharField(blank=True, max_length=12)),
                    ("room", models.CharField(blank=True, max_length=20)),
                    ("text", models.CharField(max_length=200)),
                    ("longitude", models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True)),
                    ("latitude", models.DecimalField(blank=True, decimal_places=6, max_digits=8, null=True)),
                    (
                        "status",
                        models.CharField(
                            choices=[("in_force", "在用"), ("retired", "停用")], default="in_force", max_length=10
                        ),
                    ),
                    ("source", models.CharField(blank=True, max_length=60)),
                    ("version", models.PositiveIntegerField(default=1)),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="addresses", to="places.region"
                        ),
                    ),
                ],
                options={
                    "verbose_name_plural": "addresses",
                    "ordering": ["code"],
                    "indexes": [
                        models.Index(fields=["road", "number"], name="places_addr_road_8386ff_idx"),
                        models.Index(fields=["poi", "building"], name="places_addr_poi_307679_idx"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("region", "serial"), name="places_one_address_per_serial"),
                        models.UniqueConstraint(
                            condition=models.Q(("status", "in_force")),
                            fields=("region", "text"),
                            name="places_one_address_in_force",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="AddressHead",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("key", models.CharField(max_length=120, unique=True)),
                    ("backwards", models.CharField(max_length=120)),
                ],
            ),
            migrations.CreateModel(
                name="AddressAlias",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("name", models.CharField(max_length=120)),
                    ("key", models.CharField(max_length=120)),
                    (
                        "kind",
                        models.CharField(
                            choices=[("former", "曾用名"), ("spoken", "俗称"), ("other", "别名")], max_length=10
                        ),
                    ),
                    ("is_active", models.BooleanField(default=True)),
                    (
                        "address",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="aliases", to="places.address"
                        ),
                    ),
                    (
                        "merged_from",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="names_given_on",
                            to="places.address",
                        ),
                    ),
                ],
                options={
                    "verbose_name_plural": "address aliases",
                    "ordering": ["pk"],
                    "constraints": [models.UniqueConstraint(fields=("address", "key"), name="places_one_alias_a_name")],
                },
            ),
            migrations.CreateModel(
                name="AddressKey",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("key", models.CharField(max_length=200)),
                    (
                        "address",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="keys", to="places.address"
                        ),
                    ),
                    (
                        "alias",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to="places.addressalias",
                        ),
                    ),
                ],
                options={
                    "indexes": [models.Index(fields=["key"], name="places_addresskey_whole")],
                },
            ),
            migrations.CreateModel(
                name="AddressLink",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("how", models.CharField(choices=[("merged", "并入"), ("split", "拆分为")], max_length=10)),
                    ("day", models.DateField()),
                    ("reason", models.CharField(max_length=300)),
                    ("is_active", models.BooleanField(default=True)),
                    (
                        "new",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="predecessors",
                            to="places.address",
                        ),
                    ),
                    (
                        "old",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="successors", to="places.address"
                        ),
                    ),
                ],
                options={
                    "ordering": ["pk"],
                },
            ),
        ),
        Own(sqlite=sqlite.CREATE, postgresql=postgres.CREATE, undone=["DROP TABLE places_search"]),
    ]
