"""The database folds names as Python does; else a name is there and cannot be found."""

import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import Person
from articles.names.folding import fold_name
from tests.factories import make_person

NAMES = (
    "أحمد شوقي", "أَحْمَد", "がらくた", "हिन्दी", "สมชาย ก่อ", "Saint‑Denis", "O’Neill", "Straße", "ẞen", "İstanbul",
    "Σίσυφος", "Łódź", "Éa \t\u00a0Ó", "A B\u2003",
)  # fmt: skip
# The database may know another edition of Unicode than Python. What stood in an old one is the same in all later ones.
LASTING = [
    chr(code)
    for code in range(1, sys.maxunicode + 1)
    if unicodedata.ucd_3_2_0.category(chr(code)) not in ("Cn", "Co", "Cs")
]


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_whoever_is_in_the_database_is_found_by_the_whole_name(name):
    person = make_person(name, aliases=[f"Sir {name}"])
    assert list(Person.objects.called(name)) == [person]
    assert list(Person.objects.called(f"sir {name}")) == [person]


@pytest.mark.django_db
def test_the_database_folds_every_character_as_python_does():
    names = ["".join(LASTING[start : start + 100]) for start in range(0, len(LASTING), 100)]
    Person.objects.bulk_create(Person(name=name, slug=f"person-{number}") for number, name in enumerate(names))
    folded = dict(Person.objects.values_list("name", "folded_name"))
    assert folded == {name: fold_name(name) for name in names}


@pytest.mark.django_db
def test_the_database_folds_every_name_as_python_does():
    person = make_person()

    @settings(deadline=None, max_examples=300)
    @given(
        st.text(st.sampled_from(LASTING), min_size=1, max_size=40)
        | st.text(st.sampled_from(LASTING[:1_500]), min_size=1, max_size=40)
    )
    def check(name):
        Person.objects.filter(pk=person.pk).update(name=name)
        assert Person.objects.get(pk=person.pk).folded_name == fold_name(name)

    check()
