from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from articles.filters import problems_of, validate_is_text
from articles.models import Subject, SubjectKind
from articles.models.slugs import SLUG_LENGTH
from articles.search import count_values
from articles.search.facets import FACETS

from .address import Address
from .public_page import BadAddress, public_page
from .tree_nodes import grow_tree, tree_address


class TreeForm(forms.Form):
    part_of = forms.CharField(required=False, max_length=SLUG_LENGTH, validators=[validate_is_text])


@public_page
def subject_tree(request: HttpRequest, kind: SubjectKind) -> HttpResponse:
    """Two levels of places or topics, each with the articles in it and below; the deeper levels are a link away."""
    root = _read_root(request, kind)
    ancestors = root.ancestors() if root else []
    context = {
        "kind": kind,
        "label": str(FACETS[kind.plural].label),
        "root": root,
        "crumbs": [(ancestor.name, tree_address(kind, ancestor.slug)) for ancestor in ancestors],
        "tree": grow_tree(kind, root, count_values(kind.plural)),
    }
    return render(request, "articles/subject_tree.html", context)


def _read_root(request: HttpRequest, kind: SubjectKind) -> Subject | None:
    address, form = Address(request.path), TreeForm(request.GET)
    if not form.is_valid():
        raise BadAddress(problems_of(form), address)
    slug = form.cleaned_data["part_of"]
    root = kind.model.objects.filter(slug=slug).first() if slug else None
    if slug and root is None:
        raise BadAddress([gettext("“%s” is not known here, so that nothing can be a part of it.") % slug], address)
    return root
