"""People, places and topics as editors write them."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from articles.models import Person, Place, Topic

from .strict import StrictFields

SHARED_FIELDS = ["name", "slug", "name_is_matched", "description", "wikidata_id", "aliases"]
MAX_ALIASES = 1_000
LARGEST_DEGREES = {"latitude": 90, "longitude": 180}


class AliasWriting(StrictFields, serializers.Serializer):
    name = serializers.CharField(max_length=200)
    language = serializers.CharField(max_length=35, required=False, allow_blank=True)

    def validate(self, alias: dict) -> dict:
        """Within a PATCH nothing is required; of an alias the name is."""
        if "name" not in alias:
            raise serializers.ValidationError({"name": [self.fields["name"].error_messages["required"]]})
        return alias


class SubjectWriting(StrictFields, serializers.ModelSerializer):
    """What every kind of subject has."""

    aliases = AliasWriting(
        many=True,
        required=False,
        max_length=MAX_ALIASES,
        help_text=_("All other names: those that are not among them are taken away."),
    )

    def validate_aliases(self, aliases: list[dict]) -> dict[str, str]:
        """{name: language}"""
        names = [alias["name"] for alias in aliases]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise serializers.ValidationError(_("Given more than once: %s.") % ", ".join(twice[:5]))
        return {alias["name"]: alias.get("language", "") for alias in aliases}


class PersonWriting(SubjectWriting):
    class Meta:
        model = Person
        fields = SHARED_FIELDS
        extra_kwargs = {"slug": {"required": False}}


class PlaceWriting(SubjectWriting):
    parent = serializers.SlugRelatedField(
        slug_field="slug", queryset=Place.objects.all(), required=False, allow_null=True
    )

    class Meta:
        model = Place
        fields = [
            *SHARED_FIELDS,
            "kind",
            "parent",
            "country_code",
            "latitude",
            "longitude",
            "geonames_id",
            "population",
        ]
        extra_kwargs = {"slug": {"required": False}}

    def validate(self, values: dict) -> dict:
        """The table refuses these, too, but for the row as a whole: here the field is named."""
        where = {name: values.get(name, getattr(self.instance, name, None)) for name in LARGEST_DEGREES}
        for name, degrees in where.items():
            if degrees is not None and abs(degrees) > LARGEST_DEGREES[name]:
                raise serializers.ValidationError({name: [_refusal(f"place_{name}_in_range")]})
        missing = [name for name, degrees in where.items() if degrees is None]
        if len(missing) == 1:
            raise serializers.ValidationError({missing[0]: [_refusal("place_has_both_coordinates_or_none")]})
        return values


def _refusal(constraint_name: str) -> str:
    constraints = {constraint.name: constraint for constraint in Place._meta.constraints}
    return constraints[constraint_name].violation_error_message


class TopicWriting(SubjectWriting):
    parent = serializers.SlugRelatedField(
        slug_field="slug", queryset=Topic.objects.all(), required=False, allow_null=True
    )

    class Meta:
        model = Topic
        fields = [*SHARED_FIELDS, "parent", "iptc_code"]
        extra_kwargs = {"slug": {"required": False}}


SUBJECT_WRITING: dict[str, type[SubjectWriting]] = {
    "person": PersonWriting,
    "place": PlaceWriting,
    "topic": TopicWriting,
}
