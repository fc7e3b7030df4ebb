from ._import_subjects import ImportSubjectsCommand


class Command(ImportSubjectsCommand):
    help = "Import people from tables, JSON, Popolo or US legislators. Importing the same file again changes nothing."
    kind = "person"
