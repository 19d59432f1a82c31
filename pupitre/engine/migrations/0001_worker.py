from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Worker",
            fields=[
                ("id", models.CharField(max_length=160, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("host", models.CharField(max_length=255)),
                ("pid", models.PositiveIntegerField()),
                ("started_at", models.DateTimeField()),
                ("beat_at", models.DateTimeField(db_index=True)),
                ("heir", models.CharField(blank=True, default="", max_length=160)),
                ("heir_since", models.DateTimeField(null=True)),
            ],
            options={"ordering": ["started_at", "id"]},
        ),
    ]
