import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_walls_and_certificates"),
        ("library", "0002_cuts_and_consents"),
    ]

    operations = [
        migrations.CreateModel(
            name="Loan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("author", models.CharField(max_length=120)),
                ("source", models.CharField(max_length=500)),
                ("asked", models.TextField()),
                ("terms", models.CharField(blank=True, max_length=300)),
                ("state", models.CharField(default="asked", max_length=10)),
                ("scope", models.CharField(blank=True, max_length=300)),
                ("credit", models.CharField(blank=True, max_length=120)),
                ("proof", models.CharField(blank=True, max_length=500)),
                ("until", models.DateField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "media",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="loans",
                        to="library.media",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="core.organisation"),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to="core.member"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "-id"], name="loans_newest")],
            },
        ),
        migrations.CreateModel(
            name="MediaTag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=40)),
                (
                    "media",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tags", to="library.media"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="core.organisation"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "word"], name="media_by_tag")],
                "constraints": [models.UniqueConstraint(fields=("media", "word"), name="one_tag_per_media")],
            },
        ),
        migrations.AddField(
            model_name="media",
            name="borrowed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="media",
            name="folder",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="media",
            name="lent",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="media",
            name="lent_until",
            field=models.DateField(null=True),
        ),
    ]
