import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_walls_and_certificates"),
        ("relations", "0002_people_and_introductions"),
        ("strategy", "0008_shares"),
    ]

    operations = [
        migrations.CreateModel(
            name="Group",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("place", models.CharField(max_length=120)),
                ("url", models.CharField(blank=True, max_length=500)),
                ("openness", models.CharField(max_length=10)),
                ("posture", models.CharField(max_length=10)),
                ("aim", models.CharField(max_length=300)),
                ("rules", models.TextField(blank=True)),
                ("plan", models.TextField(blank=True)),
                ("cadence", models.CharField(max_length=120)),
                ("hours_per_week", models.DecimalField(decimal_places=2, max_digits=5)),
                ("exit", models.CharField(max_length=300)),
                ("review_on", models.DateField()),
                ("left_on", models.DateField(null=True)),
                ("left_because", models.CharField(blank=True, max_length=300)),
                (
                    "expert",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="core.member"
                    ),
                ),
                ("moderators", models.ManyToManyField(related_name="moderated_groups", to="core.member")),
                (
                    "objective",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to="strategy.objective"),
                ),
                (
                    "organisation",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="core.organisation"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "left_on", "review_on"], name="groups_of")],
            },
        ),
        migrations.CreateModel(
            name="Expertise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(max_length=120)),
                ("evidence", models.CharField(max_length=500)),
                ("basis", models.CharField(max_length=20)),
                ("basis_words", models.CharField(max_length=300)),
                ("hoped", models.CharField(blank=True, max_length=20)),
                ("step", models.CharField(blank=True, max_length=200)),
                ("step_on", models.DateField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=10)),
                ("outcome_words", models.CharField(blank=True, max_length=300)),
                ("outcome_on", models.DateField(null=True)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="expertises", to="relations.contact"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="core.organisation"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "-id"], name="experts_newest")],
            },
        ),
        migrations.CreateModel(
            name="GroupNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("on", models.DateField()),
                ("by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to="core.member")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="relations.group"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="core.organisation"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["group", "-id"], name="notes_of_group")],
            },
        ),
        migrations.AddField(
            model_name="contact",
            name="crm",
            field=models.CharField(blank=True, max_length=80),
        ),
    ]
