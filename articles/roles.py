"""The roles of an archive: groups of permissions, made once. Administrators may change them afterwards."""

from collections.abc import Iterable

from django.apps import apps

ARTICLE, SOURCE = ("article",), ("source",)
SUBJECTS = ("person", "place", "topic")
NAMES = ("personalias", "placealias", "topicalias")
LINKS = ("personlink", "placelink", "topiclink")
DESK = ("candidate", "namesakes")
READ_ONLY = ("importbatch", "importproblem", "occasion", "change")
EVERYTHING = "everything"

# For each role what it may do with which models; `publish` is for articles.
ROLES: dict[str, str | list[tuple[Iterable[str], Iterable[str]]]] = {
    "Archivist": EVERYTHING,
    "Editor": [
        (("view", "add", "change", "delete"), (*ARTICLE, *SUBJECTS, *NAMES, *LINKS, *DESK)),
        (("view", "add", "change"), SOURCE),
        (("publish",), ARTICLE),
        (("view",), READ_ONLY),
    ],
    "Contributor": [
        (("view", "add", "change", "delete"), ARTICLE),
        (("add",), LINKS),
        (("view",), (*SUBJECTS, *SOURCE)),
    ],
    "Viewer": [(("view",), (*ARTICLE, *SUBJECTS, *NAMES, *LINKS, *SOURCE, *DESK, *READ_ONLY))],
}


def make_missing_roles(using: str = "default", **kwargs) -> None:
    """Called after every migrate. Roles that are there stay as somebody may have changed them."""
    group_model = apps.get_model("auth", "Group")
    for name in ROLES:
        group, is_new = group_model.objects.using(using).get_or_create(name=name)
        if is_new:
            _give_permissions(group, name, using)


def renew_roles(using: str = "default") -> None:
    """Gives every role the permissions that this version of Newsroom means it to have."""
    for name in ROLES:
        group, _is_new = apps.get_model("auth", "Group").objects.using(using).get_or_create(name=name)
        _give_permissions(group, name, using)


def _give_permissions(group, name: str, using: str) -> None:
    permissions = apps.get_model("auth", "Permission").objects.using(using).filter(content_type__app_label="articles")
    if ROLES[name] != EVERYTHING:
        permissions = permissions.filter(codename__in=codenames(name))
    group.permissions.set(permissions)


def codenames(name: str) -> list[str]:
    return [f"{action}_{model}" for actions, models in ROLES[name] for model in models for action in actions]
