import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("channels", "0005_bells"),
        ("core", "0002_walls_and_certificates"),
        ("editorial", "0008_around_the_score"),
    ]

    operations = [
        migrations.CreateModel(
            name="Farewell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=500)),
                ("announced", models.DateField(null=True)),
                ("no_new_accounts", models.DateField(null=True)),
                ("api_end", models.DateField(null=True)),
                ("export_end", models.DateField(null=True)),
                ("closes", models.DateField(null=True)),
                ("begun_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to="core.member")),
                (
                    "channel",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="farewell", to="channels.channel"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="core.organisation"),
                ),
                (
                    "word",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="editorial.post"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Kept",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(max_length=100)),
                ("network", models.CharField(max_length=40)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("kind", models.CharField(max_length=10)),
                ("ours", models.BooleanField()),
                ("text", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("author", models.CharField(blank=True, max_length=200)),
                ("handle", models.CharField(blank=True, max_length=200)),
                ("language", models.CharField(blank=True, max_length=5)),
                ("permalink", models.CharField(blank=True, max_length=500)),
                ("remote_id", models.CharField(blank=True, max_length=300)),
                ("thread", models.CharField(blank=True, max_length=300)),
                ("parent", models.CharField(blank=True, max_length=300)),
                ("public", models.BooleanField(default=True)),
                ("rating", models.PositiveSmallIntegerField(null=True)),
                ("counts", models.JSONField(default=list)),
                ("imported_at", models.DateTimeField(auto_now_add=True)),
                (
                    "imported_by",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to="core.member"),
                ),
                (
                    "organisation",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="core.organisation"),
                ),
            ],
            options={
                "verbose_name_plural": "kept",
                "indexes": [models.Index(fields=["organisation", "-at", "-id"], name="kept_in_order")],
                "constraints": [models.UniqueConstraint(fields=("organisation", "uid"), name="kept_once")],
            },
        ),
        migrations.CreateModel(
            name="KeptFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64)),
                ("mime", models.CharField(max_length=40)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("alt", models.CharField(blank=True, max_length=2000)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="archive.kept"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
    ]
