"""Talking to the API as a program does."""

import json
from itertools import count

from django.contrib.auth.models import Permission, User
from rest_framework.authtoken.models import Token

ARTICLES = "/api/v1/articles/"
_numbers = count(1)


def read_json(client, address: str, **headers) -> dict:
    """The answer to a GET that must succeed."""
    response = client.get(address, headers=headers)
    assert response.status_code == 200, response.content
    return response.json()


def read_problem(response) -> dict:
    """The problem details of an answer, which must be proper ones."""
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == response.status_code
    assert problem["type"].startswith("http")
    assert problem["title"]
    assert problem["detail"]
    return problem


def faults(response) -> dict[str, str]:
    """{parameter or field: what is wrong with it}."""
    assert response.status_code == 400, response.content
    return {error["name"]: error["reason"] for error in read_problem(response)["errors"]}


def make_editor(*permissions: str, **fields) -> User:
    """A user with these permissions on the archive, such as "change_article"."""
    user = User.objects.create_user(f"editor-{next(_numbers)}", is_staff=True, **fields)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="articles", codename__in=permissions))
    return user


def token_of(user: User) -> dict[str, str]:
    """The header with the user's token."""
    return {"authorization": f"Bearer {Token.objects.get_or_create(user=user)[0].key}"}


def send(client, method: str, address: str, data=None, user: User | None = None):
    """A POST, PATCH or DELETE with JSON."""
    headers = token_of(user) if user else {}
    content = "" if data is None else json.dumps(data)
    return client.generic(method, address, content, content_type="application/json", headers=headers)
