from ._import_subjects import ImportSubjectsCommand


class Command(ImportSubjectsCommand):
    help = "Import topics from tables, JSON or IPTC Media Topics. Importing the same file again changes nothing."
    kind = "topic"
