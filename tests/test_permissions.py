"""What a user may do is asked in one place, by the permissions of Django."""

import pytest
from django.core.exceptions import PermissionDenied

from articles.editing.permissions import may, require
from articles.models import Article, Person, PersonLink

from .api import make_editor


@pytest.mark.django_db
def test_each_action_on_each_table_has_a_permission_of_its_own():
    editor = make_editor("add_person", "add_personlink", "publish_article")
    assert may(editor, "add", Person, PersonLink)
    assert may(editor, "publish", Article)
    assert not may(editor, "add", Person, Article)
    assert not may(editor, "change", Person)


def test_what_is_not_allowed_is_refused():
    require(True)
    with pytest.raises(PermissionDenied):
        require(False)
