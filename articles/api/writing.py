"""Writing through the API: checked like the admin's forms, on an occasion of its own in the history."""

from contextlib import contextmanager

from django.utils.translation import gettext
from rest_framework import serializers

from articles.history import occasion
from articles.history.reading import main_entry


@contextmanager
def written_by(request):
    """A transaction whose changes are the user's in the history. What is changed is to be read inside of it, locked:
    else the second of two who change a row at once writes what it was before the first.
    """
    request.body  # noqa: B018 - what is sent is received before the transaction begins
    with occasion(gettext("Written through the API"), request.user) as made:
        yield
        if found := main_entry(made):
            what = gettext("Written through the API: %(kind)s “%(name)s”") % {"kind": found.kind, "name": found.name}
            made.what = what[:200]
            made.save(update_fields=["what"])


def checked(serializer: type[serializers.Serializer], request, row=None) -> dict:
    """What was sent, when it is right. Raises ValidationError. A PATCH may leave out any field."""
    found = serializer(row, data=request.data, partial=request.method == "PATCH", context={"request": request})
    found.is_valid(raise_exception=True)
    return dict(found.validated_data)
