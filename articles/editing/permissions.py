"""What a user may do with the rows of a table."""

from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.db import models


def may(user, action: str, *tables: type[models.Model]) -> bool:
    """`action` is "view", "add", "change" or "delete", or for articles "publish"; with each of the tables."""
    return user.has_perms([f"{each._meta.app_label}.{get_permission_codename(action, each._meta)}" for each in tables])


def require(is_allowed: bool) -> None:
    """Raises PermissionDenied."""
    if not is_allowed:
        raise PermissionDenied
