"""People, places and topics: the same views for every kind, `as_view(kind=…)`."""

from rest_framework.response import Response

from articles.api.base import ApiView
from articles.api.former import redirect_from_former_slug
from articles.api.named_results import (
    NamedListForm,
    TreeListForm,
    add_paths,
    count_articles,
    count_articles_of,
    fetch_rows,
    find_rows,
    ids_in_order,
)
from articles.api.pages import page_details
from articles.api.selection import selection_form
from articles.api.serializers.addresses import api_path
from articles.api.serializers.pages import page_of
from articles.api.serializers.subject import SUBJECT_SERIALIZERS, with_related
from articles.api.serializers.subject_writing import SUBJECT_WRITING
from articles.api.subject_writing import change_subject, make_subject
from articles.models import Subject, SubjectKind


class SubjectView(ApiView):
    kind: SubjectKind = None

    @property
    def queryset(self):
        return self.kind.model.objects.all()

    @property
    def serializer(self):
        return SUBJECT_SERIALIZERS[self.kind.name]

    def represent(self, rows: list[Subject], selected: frozenset[str]) -> list[dict]:
        if "ancestors" in selected:
            add_paths(self.kind, rows)
        return self.serializer(rows, many=True, context={"request": self.request, "selected": selected}).data

    def represent_one(self, slug: str, selected: frozenset[str] | None = None) -> dict | None:
        subject = with_related(self.queryset.filter(slug=slug), self.kind).first()
        if subject is None:
            return None
        subject.article_count = count_articles_of(self.kind.plural, subject.pk)
        return self.represent([subject], selected or frozenset(self.serializer.Meta.fields))[0]


class SubjectList(SubjectView):
    @property
    def reads(self):
        form = TreeListForm if self.kind.is_tree else NamedListForm
        return form, selection_form(self.serializer, is_list=True)

    @property
    def takes(self):
        return {"POST": SUBJECT_WRITING[self.kind.name]}

    @property
    def answers(self):
        return {"GET": page_of(self.serializer), "POST": {201: self.serializer}}

    def get(self, request):
        """Find those that published articles are about

        With the number of these articles; what is below a place or a topic counts for it, too.
        """
        form, selection = self.read()
        counts = count_articles(self.kind.plural)
        ids = ids_in_order(find_rows(self.kind, form), form, counts)
        details = page_details(request, form, len(ids))
        shown = ids[form.offset : form.offset + form.page_size]
        rows = fetch_rows(with_related(self.queryset, self.kind), shown, counts)
        return Response({**details, "results": self.represent(rows, selection.selected)})

    def post(self, request):
        """Make a new one

        Without a slug it gets one made from the name. A parent is given by its slug.
        """
        subject = make_subject(request, self.kind)
        address = request.build_absolute_uri(api_path(subject))
        return Response(self.represent_one(subject.slug), status=201, headers={"Location": address})


class SubjectDetail(SubjectView):
    @property
    def reads(self):
        return (selection_form(self.serializer, is_list=False),)

    @property
    def takes(self):
        return {"PATCH": SUBJECT_WRITING[self.kind.name]}

    @property
    def answers(self):
        return {"GET": self.serializer, "PATCH": self.serializer}

    def get(self, request, slug):
        """Read one of them

        A former slug leads to the new address.
        """
        (selection,) = self.read()
        found = self.represent_one(slug, selection.selected)
        return redirect_from_former_slug(request, self.queryset, slug) if found is None else Response(found)

    def patch(self, request, slug):
        """Change one of them

        Only the fields that are sent. Aliases are sent as a whole: those that are left out are taken away. A slug
        that changes goes on leading to the new address.
        """
        subject = change_subject(request, self.kind, slug)
        return Response(self.represent_one(subject.slug))
