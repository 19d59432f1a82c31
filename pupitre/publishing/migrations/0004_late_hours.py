from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0003_parts_and_polls"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="late_hours",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="delivery",
            name="not_after",
            field=models.DateTimeField(null=True),
        ),
    ]
