from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("listening", "0005_stream_cursor"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="network",
            field=models.CharField(blank=True, max_length=40),
        ),
    ]
