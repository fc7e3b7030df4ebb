from collections.abc import Callable, Iterable

from articles.models import Place, Subject, Topic
from articles.views.identifiers import identifiers_of

# All of them are places to schema.org, too.
PLACE_TYPES = {
    Place.Kind.CONTINENT: "Continent",
    Place.Kind.COUNTRY: "Country",
    Place.Kind.FORMER_COUNTRY: "Country",
    Place.Kind.TERRITORY: "AdministrativeArea",
    Place.Kind.REGION: "AdministrativeArea",
    Place.Kind.CITY: "City",
}
MEDIA_TOPICS = "http://cv.iptc.org/newscodes/mediatopic/"

Node = dict
Absolute = Callable[[str], str]


def named_subject(subject: Subject, absolute: Absolute) -> Node:
    """Who or what it is, enough to be told from others of the name."""
    url = absolute(subject.get_absolute_url())
    node = {"@type": _type_of(subject), "@id": f"{url}#subject", "name": subject.name, "url": url}
    same = [identifier.url for identifier in identifiers_of(subject) if identifier.url]
    return node | ({"sameAs": same} if same else {})


def described_subject(subject: Subject, ancestors: Iterable[Subject], absolute: Absolute) -> Node:
    """All that is known; `ancestors` from the outermost to the parent. The aliases are to be prefetched."""
    node = named_subject(subject, absolute)
    names = [alias.name for alias in subject.aliases.all() if alias.name != subject.name]
    if names:
        node["alternateName"] = names
    if subject.description:
        node["description"] = subject.description
    if isinstance(subject, Place):
        node |= _where(subject, ancestors, absolute)
    if isinstance(subject, Topic) and subject.iptc_code:
        node |= {"termCode": subject.iptc_code, "inDefinedTermSet": MEDIA_TOPICS}
    return node


def _type_of(subject: Subject) -> str:
    if isinstance(subject, Place):
        return PLACE_TYPES.get(subject.kind, "Place")
    return "DefinedTerm" if isinstance(subject, Topic) else "Person"


def _where(place: Place, ancestors: Iterable[Subject], absolute: Absolute) -> Node:
    node: Node = {}
    if place.latitude is not None:
        geo = {"latitude": float(place.latitude), "longitude": float(place.longitude)}
        node["geo"] = {"@type": "GeoCoordinates", **geo}
    if place.country_code:
        node["address"] = {"@type": "PostalAddress", "addressCountry": place.country_code}
    container = None
    for ancestor in ancestors:
        outer = {"containedInPlace": container} if container else {}
        container = named_subject(ancestor, absolute) | outer
    return node | ({"containedInPlace": container} if container else {})
