"""Results are valid for as long as administrators chose when they became final."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0006_account_language"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="valid_until",
            field=models.DateField(blank=True, null=True),
        ),
    ]
