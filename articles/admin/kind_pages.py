"""Pages about a kind of subject beside its list and forms: merging, splitting."""

from django.template.response import TemplateResponse
from django.urls import reverse

from articles.editing.permissions import may
from articles.models import SUBJECT_KINDS, Subject, SubjectKind


class KindPages:
    """For the admin of a kind of subject."""

    @property
    def kind(self) -> SubjectKind:
        return SUBJECT_KINDS[self.opts.model_name]

    def kind_page(self, request, template, title, context, status=200):
        context = {**self.admin_site.each_context(request), **context, "title": title, "opts": self.opts}
        context |= {"kind": self.kind, "media": sum((form.media for form in context.get("forms", ())), self.media)}
        return TemplateResponse(request, f"admin/articles/{template}", context, status=status)

    def kind_address(self, page, *args) -> str:
        """`page` is changelist, change, merge, merges, split."""
        return reverse(f"admin:articles_{self.opts.model_name}_{page}", args=args)


def may_merge(user, kind: SubjectKind) -> bool:
    """Whoever merges changes and deletes records, links and other names."""
    tables = (kind.model, kind.link, kind.alias)
    return may(user, "change", *tables) and may(user, "delete", *tables) and may(user, "add", kind.alias)


def may_split(user, kind: SubjectKind) -> bool:
    """Whoever splits makes a record, and links, and gives it links and other names of another."""
    return may(user, "add", kind.model, kind.link) and may(user, "change", kind.model, kind.link, kind.alias)


def labelled(kind: SubjectKind, ids) -> dict[int, Subject]:
    """The subjects with what a label needs: how many links they have, what they lie in."""
    rows = kind.model.objects.with_link_counts()
    return (rows.select_related("parent") if kind.is_tree else rows).in_bulk(list(ids))
