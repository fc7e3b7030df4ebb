"""Addresses: the whole state of a list page, from which every link on it is made."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse


@dataclass(frozen=True)
class Address:
    """A path and its parameters. Changing it gives another address; none of them keeps a page number."""

    path: str
    parameters: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.path}?{urlencode(self.parameters)}" if self.parameters else self.path

    def adding(self, name: str, value: str) -> "Address":
        return replace(self, parameters=(*self.parameters, (name, value)))

    def removing(self, name: str, value: str | None = None) -> "Address":
        """Without one value of a parameter, or without all of them."""
        kept = (pair for pair in self.parameters if pair != (name, value) and not (value is None and pair[0] == name))
        return replace(self, parameters=tuple(kept))

    def replacing(self, name: str, value: str) -> "Address":
        return self.removing(name).adding(name, value)

    def without_parameters(self) -> "Address":
        return replace(self, parameters=())

    def parameters_besides(self, *names: str) -> list[tuple[str, str]]:
        """For the hidden fields of a form that asks for `names` itself."""
        return [pair for pair in self.parameters if pair[0] not in names]


def article_list_address(parameters: Iterable[tuple[str, str]] = ()) -> Address:
    return Address(reverse("articles:articles"), tuple(parameters))
