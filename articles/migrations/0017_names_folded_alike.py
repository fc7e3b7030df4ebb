from django.db import migrations, models

from articles.database.folding import Folded

NAMED = ("person", "personalias", "place", "placealias", "source", "topic", "topicalias")


def column() -> models.GeneratedField:
    return models.GeneratedField(expression=Folded("name"), output_field=models.TextField(), db_persist=True)


class Migration(migrations.Migration):
    """The columns are made anew: PostgreSQL keeps what an expression gave when it was written, and has another now."""

    dependencies = [("articles", "0016_progress_of_work")]

    operations = [
        operation
        for model in NAMED
        for operation in (
            migrations.RemoveField(model, "folded_name"),
            migrations.AddField(model, "folded_name", column()),
        )
    ]
