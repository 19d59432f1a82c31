import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0004_outage"),
        ("core", "0001_initial"),
        ("measurement", "0003_money_and_reviews"),
        ("strategy", "0008_shares"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConversionDoor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40, unique=True)),
                ("opened_at", models.DateTimeField()),
                ("rung_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conversion_door",
                        to="core.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ConversionEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=120)),
                ("window_days", models.PositiveSmallIntegerField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "objective",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conversion_events",
                        to="strategy.objective",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conversion_events",
                        to="core.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("organisation", "key"), name="one_event_key")],
            },
        ),
        migrations.CreateModel(
            name="Experiment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("first", models.CharField(max_length=40)),
                ("second", models.CharField(max_length=40)),
                ("metric", models.CharField(max_length=60)),
                ("per_arm", models.PositiveSmallIntegerField()),
                ("hoped", models.FloatField()),
                ("variation", models.FloatField()),
                ("power", models.FloatField()),
                ("begins_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("registered_at", models.DateTimeField()),
                ("by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to="core.member")),
                (
                    "objective",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="experiments", to="strategy.objective"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="experiments", to="core.organisation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Lesson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("at", models.DateTimeField(auto_now=True)),
                ("by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to="core.member")),
                (
                    "operation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lesson", to="strategy.operation"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="core.organisation"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("language", models.CharField(max_length=5)),
                ("told", models.JSONField()),
                ("key", models.CharField(max_length=40, unique=True)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to="core.member"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="core.organisation"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "-made_at"], name="newest_reports")],
            },
        ),
        migrations.CreateModel(
            name="ReportSchedule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rhythm", models.CharField(max_length=10)),
                ("language", models.CharField(max_length=5)),
                ("to", models.JSONField()),
                ("due_at", models.DateTimeField(db_index=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("stopped_at", models.DateTimeField(null=True)),
                ("by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to="core.member")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="report_schedules",
                        to="core.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Conversion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("times", models.PositiveIntegerField(default=1)),
                ("value", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("first", models.CharField(blank=True, max_length=60)),
                ("last", models.CharField(blank=True, max_length=60)),
                ("declared", models.CharField(blank=True, max_length=60)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("origin", models.CharField(max_length=12)),
                ("external_id", models.CharField(max_length=100, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "organisation",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="core.organisation"),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conversions",
                        to="measurement.conversionevent",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["event", "at"], name="acts")],
                "constraints": [models.UniqueConstraint(fields=("event", "external_id"), name="one_act_once")],
            },
        ),
        migrations.CreateModel(
            name="Holdout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=10)),
                ("pairs", models.JSONField()),
                ("silent", models.JSONField()),
                ("begins_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("hoped", models.FloatField()),
                ("variation", models.FloatField()),
                ("power", models.FloatField()),
                ("registered_at", models.DateTimeField()),
                ("stopped_at", models.DateTimeField(null=True)),
                ("stop_reason", models.CharField(blank=True, max_length=300)),
                ("by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to="core.member")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="holdouts",
                        to="measurement.conversionevent",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="holdouts", to="core.organisation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VisitTool",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tool", models.CharField(max_length=12)),
                ("url", models.CharField(max_length=500)),
                ("site", models.CharField(max_length=200)),
                ("goal", models.CharField(max_length=120)),
                ("sealed", models.BinaryField()),
                ("read_until", models.DateField(null=True)),
                ("due_at", models.DateTimeField(db_index=True)),
                ("words", models.CharField(blank=True, max_length=300)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visit_tools",
                        to="measurement.conversionevent",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="visit_tools", to="core.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("event", "tool", "url", "site", "goal"), name="one_tool_an_act")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(fields=["organisation", "at"], name="kept_by_day"),
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                condition=models.Q(("delivery__isnull", False)),
                fields=["objective", "-at", "-id"],
                name="newest_counts",
            ),
        ),
    ]
