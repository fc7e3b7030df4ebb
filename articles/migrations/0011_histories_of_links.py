from django.db import migrations, models

PORTION = 1_000
# Of each table the columns that say to which article, and to which person, place, topic or source, a row belongs.
OWNERS = {
    **{f"{kind}link": ("article_id", "subject_id") for kind in ("person", "place", "topic")},
    **{f"{kind}alias": (None, "subject_id") for kind in ("person", "place", "topic")},
    **{f"{kind}formerslug": (None, "target_id") for kind in ("person", "place", "topic", "source")},
    "articleformerslug": ("target_id", None),
}


def name_owners(apps, schema_editor):
    """What a row that was made or removed belonged to stands in its change; for the others the row is asked."""
    for name, columns in OWNERS.items():
        model = apps.get_model("articles", name)
        changes = apps.get_model("articles", "Change").objects.filter(table=model._meta.db_table)
        portion = []
        for change in changes.iterator(PORTION):
            portion.append(change)
            if len(portion) == PORTION:
                _name(model, columns, portion)
                portion = []
        _name(model, columns, portion)


def _name(model, columns, changes):
    known = [column for column in columns if column]
    rows = model.objects.filter(pk__in=[each.object_id for each in changes]).values("pk", *known)
    rows = {row["pk"]: row for row in rows}
    for change in changes:
        article, subject = (column and _value(change, column, rows) for column in columns)
        change.article_id, change.subject_id = article, subject
        if change.action == "update" and columns[1] in change.fields:
            change.former_subject_id = change.fields[columns[1]][0]
    fields = ["article_id", "subject_id", "former_subject_id"]
    if changes:
        type(changes[0]).objects.bulk_update(changes, fields, batch_size=200)


def _value(change, column, rows):
    before, after = change.fields.get(column, (None, None))
    row = rows.get(change.object_id, {})
    return after or before or row.get(column)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0010_background_work'),
    ]

    operations = [
        migrations.AddField(
            model_name='change',
            name='article_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='change',
            name='former_subject_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='change',
            name='subject_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(condition=models.Q(('article_id', None), _negated=True), fields=['article_id', 'id'], name='change_by_article'),
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(condition=models.Q(('subject_id', None), _negated=True), fields=['table', 'subject_id', 'id'], name='change_by_subject'),
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(condition=models.Q(('former_subject_id', None), _negated=True), fields=['table', 'former_subject_id', 'id'], name='change_by_former_subject'),
        ),
        migrations.RunPython(name_owners, migrations.RunPython.noop),
    ]
