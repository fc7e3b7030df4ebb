import datetime

from django.db import migrations, models

# What bulk edits kept beside the articles that were chosen.
OF_BULK_EDITS = ("after", "began_at", "began_with", "undone_to", "left")


def carry_over(apps, schema_editor):
    """How far the work is, also where it is going on. Past `save`: this is no sign of life."""
    for edit in apps.get_model("articles", "BulkEdit").objects.only("articles"):
        progress = {name: edit.articles.pop(name) for name in OF_BULK_EDITS if name in edit.articles}
        if progress:
            _update(edit, progress=progress, articles=edit.articles)
    for upload in apps.get_model("articles", "Upload").objects.filter(counts__has_key="began").only("counts"):
        began = datetime.datetime.fromisoformat(upload.counts.pop("began"))
        _update(upload, progress={"began_at": began.timestamp(), "began_with": 0}, counts=upload.counts)


def carry_back(apps, schema_editor):
    for edit in apps.get_model("articles", "BulkEdit").objects.exclude(progress={}):
        _update(edit, articles={**edit.articles, **edit.progress})
    for upload in apps.get_model("articles", "Upload").objects.filter(progress__has_key="began_at"):
        began = datetime.datetime.fromtimestamp(upload.progress["began_at"], datetime.UTC)
        _update(upload, counts={**upload.counts, "began": began.isoformat()})


def _update(row, **values):
    type(row)._base_manager.filter(pk=row.pk).update(**values)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0015_articles_by_language'),
    ]

    operations = [
        migrations.AddField(
            model_name='bulkedit',
            name='progress',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='upload',
            name='progress',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.RunPython(carry_over, carry_back),
    ]
