from rest_framework.response import Response

from articles.api.base import ApiView
from articles.api.former import redirect_from_former_slug
from articles.api.named_results import NamedListForm, count_articles, count_articles_of, fetch_rows, ids_in_order
from articles.api.pages import page_details
from articles.api.selection import selection_form
from articles.api.serializers.pages import page_of
from articles.api.serializers.source import SourceSerializer
from articles.models import Source


class SourceList(ApiView):
    queryset = Source.objects.all()
    reads = (NamedListForm, selection_form(SourceSerializer, is_list=True))
    answers = {"GET": page_of(SourceSerializer)}

    def get(self, request):
        """Find the sources of published articles

        With the number of these articles.
        """
        form, selection = self.read()
        words = form.cleaned_data["q"]
        rows = Source.objects.with_name_containing(words) if words else Source.objects.all()
        counts = count_articles("source")
        ids = ids_in_order(rows, form, counts)
        details = page_details(request, form, len(ids))
        sources = fetch_rows(Source.objects.all(), ids[form.offset : form.offset + form.page_size], counts)
        context = {"request": request, "selected": selection.selected}
        return Response({**details, "results": SourceSerializer(sources, many=True, context=context).data})


class SourceDetail(ApiView):
    queryset = Source.objects.all()
    reads = (selection_form(SourceSerializer, is_list=False),)
    answers = {"GET": SourceSerializer}

    def get(self, request, slug):
        """Read a source

        A former slug leads to the new address.
        """
        (selection,) = self.read()
        source = Source.objects.filter(slug=slug).first()
        if source is None:
            return redirect_from_former_slug(request, Source.objects.all(), slug)
        source.article_count = count_articles_of("source", source.pk)
        return Response(SourceSerializer(source, context={"request": request, "selected": selection.selected}).data)
