"""The form for a file to be imported, and for what is to be done with it."""

from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.editing.upload_options import ARTICLES, AUTO, InvalidFields, fields_of, formats_of, read_fields
from articles.models import SUBJECT_KINDS
from articles.pipeline.formats.tables.fields import NOTHING
from articles.pipeline.reading.encodings import is_known_encoding

CONTENTS = [(ARTICLES, _("Articles")), ("person", _("People")), ("place", _("Places")), ("topic", _("Topics"))]
MAPPED = "column_"


def format_choices() -> list:
    found = [(AUTO, _("Found by its content"))]
    for what, label in CONTENTS:
        choices = [(f"{what}.{name}", f"{name}: {format.label}") for name, format in formats_of(what).items()]
        found.append((label, choices))
    return found


class OptionsForm(forms.Form):
    """`columns` are those that the rehearsal found: {"names": […], "guessed": {field: column}}."""

    what = forms.ChoiceField(label=_("What is in it"), choices=CONTENTS)
    format = forms.ChoiceField(
        label=_("Format"),
        choices=format_choices,
        initial=AUTO,
        help_text=_("Leave it to the archive unless the rehearsal takes the file for something else."),
    )
    encoding = forms.CharField(
        label=_("Encoding"),
        required=False,
        max_length=40,
        help_text=_("Of texts and tables, such as cp1252 or shift-jis. Left empty, it is found by the content."),
    )
    on_conflict = forms.ChoiceField(
        label=_("What was edited here"),
        choices=[("keep", _("Keep it")), ("update", _("Take the value of the file"))],
        help_text=_("For fields that somebody has edited at this desk since an earlier import."),
    )
    fields_text = forms.CharField(
        label=_("Columns of tables and JSON"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField", "spellcheck": "false"}),
        help_text=_(
            "Only where the rehearsal guesses wrong: a line for each field, such as headline=title. Dates with their "
            "form: published_on=date:%d/%m/%Y. The same for all: source==The Daily Test. Nothing: rights=-"
        ),
    )
    source = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=200,
        help_text=_("Of articles that name none themselves. Ids are told apart by their source."),
    )
    unknown_subjects = forms.ChoiceField(
        label=_("Unknown people, places and topics"),
        choices=[
            ("suggest", _("Let them wait as candidates")),
            ("create", _("Create them")),
            ("ignore", _("Leave them out")),
        ],
        help_text=_("Those that the file names, and that the archive does not know."),
    )
    skip_duplicates = forms.BooleanField(
        label=_("Leave out texts that the archive has already"),
        required=False,
        help_text=_("Otherwise they are kept, and grouped as versions of one text."),
    )
    on_unsure = forms.ChoiceField(
        label=_("What could be several"),
        choices=[("report", _("Leave it out and report it")), ("create", _("Create a new one"))],
        help_text=_("A record that might mean more than one whom the archive knows."),
    )
    match_names = forms.ChoiceField(
        label=_("Names to look for in articles"),
        required=False,
        choices=[
            ("", _("As is usual for the format")),
            ("careful", _("All but everyday words and the lesser of namesakes")),
            ("all", _("All")),
            ("none", _("None")),
        ],
    )
    languages = forms.CharField(
        label=_("Languages of other names"),
        required=False,
        max_length=200,
        help_text=_(
            "Codes with commas between them, such as en,fr; all for every one. Left empty: as the file has them."
        ),
    )

    GROUPS = [
        (None, ["file", "what"]),
        (_("How it is read"), ["format", "encoding", "fields_text"]),
        (_("What becomes of articles"), ["source", "unknown_subjects", "skip_duplicates"]),
        (_("What becomes of people, places and topics"), ["on_unsure", "match_names", "languages"]),
        (_("What people have edited"), ["on_conflict"]),
    ]

    def __init__(self, *args, columns: dict | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._columns = columns or {}
        for name in fields_of(ARTICLES) if self._columns else ():
            self.fields[MAPPED + name] = self._column_field(name)

    def _column_field(self, name: str) -> forms.ChoiceField:
        guessed = self._columns["guessed"].get(name)
        choices = [("", _("“%(column)s”, by its name") % {"column": guessed} if guessed else _("not in the file"))]
        choices += [(column, column) for column in self._columns["names"]] + [(NOTHING, _("nothing"))]
        return forms.ChoiceField(label=name, required=False, choices=choices)

    def groups(self) -> Iterator[tuple[str | None, list[forms.BoundField]]]:
        for title, names in self.GROUPS:
            found = [self[name] for name in names if name in self.fields]
            if found:
                yield title, found

    def columns(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(MAPPED)]

    def clean_encoding(self) -> str:
        encoding = self.cleaned_data["encoding"].strip()
        if encoding and not is_known_encoding(encoding):
            raise forms.ValidationError(_("There is no such encoding. Known ones are utf-8, cp1252, shift-jis."))
        return encoding

    def clean(self) -> dict:
        cleaned = super().clean()
        what, format = cleaned.get("what"), cleaned.get("format", AUTO)
        if what and format != AUTO and not format.startswith(f"{what}."):
            self.add_error("format", _("This format is for something else than what is in the file."))
        try:
            cleaned["fields"] = self._chosen_columns() | read_fields(cleaned.get("fields_text", ""), what or ARTICLES)
        except InvalidFields as error:
            self.add_error("fields_text", str(error))
        return cleaned

    def _chosen_columns(self) -> dict[str, str]:
        if self.cleaned_data.get("what") != ARTICLES:
            return {}
        chosen = {name: self.cleaned_data.get(name) for name in self.fields if name.startswith(MAPPED)}
        return {name.removeprefix(MAPPED): column for name, column in chosen.items() if column}

    def options(self) -> dict:
        """As the upload keeps them."""
        names = ("what", "encoding", "on_conflict", "fields", "source", "unknown_subjects", "skip_duplicates",
                 "on_unsure", "match_names", "languages")  # fmt: skip
        format = self.cleaned_data["format"].rpartition(".")[2]
        return {**{name: self.cleaned_data[name] for name in names}, "format": format}


class UploadForm(OptionsForm):
    file = forms.FileField(
        label=_("File"),
        max_length=255,
        help_text=_("A file of any format that is listed below, also compressed, or many in a .zip or .tar.gz."),
    )


def form_of_options(options: dict, columns: dict, data=None) -> OptionsForm:
    """The form as it was filled in before."""
    mapping = options.get("fields", {})
    selects = {field: value for field, value in mapping.items()
               if columns and value in (NOTHING, *columns.get("names", ()))}  # fmt: skip
    lines = [f"{field}={value}" for field, value in mapping.items() if field not in selects]
    what, format = options.get("what", ARTICLES), options.get("format", AUTO)
    initial = {**options, "fields_text": "\n".join(lines)}
    initial |= {MAPPED + field: value for field, value in selects.items()}
    initial["format"] = format if format == AUTO else f"{what}.{format}"
    return OptionsForm(data, initial=initial, columns=columns)


def name_of_contents(what: str) -> str:
    return str(dict(CONTENTS)[what if what in SUBJECT_KINDS else ARTICLES])
