"""What single words say."""

from __future__ import annotations

import pytest

from safetrack.detect.people.tokens import Kind, kind_of, tokens


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Kowalczyk", Kind.STRONG),
        ("rose", Kind.AMBIGUOUS),
        ("paris", Kind.AMBIGUOUS),
        ("ford", Kind.AMBIGUOUS),
        ("April", Kind.DOUBTFUL),
        ("page", Kind.DOUBTFUL),
        ("English", Kind.WORD),
        ("zendesk", Kind.WORD),
        ("Lisbon", Kind.PLACE),
        ("Hungary", Kind.PLACE),
        ("table", Kind.WORD),
        ("van", Kind.PARTICLE),
        ("J", Kind.INITIAL),
        ("Dr", Kind.TITLE),
        ("Jr", Kind.SUFFIX),
        ("GmbH", Kind.FIRM),
        ("Zyxqwert", Kind.UNKNOWN),
        ("Zyxqwertsson", Kind.NAME),
        ("Зыкварченко", Kind.NAME),
        ("佐藤", Kind.STRONG),
        ("王", Kind.AMBIGUOUS),
        ("支付成功", Kind.AMBIGUOUS),
        ("私有商品一覧", Kind.UNKNOWN),
    ],
)
def test_each_word_has_its_kind(word: str, kind: Kind) -> None:
    assert kind_of(word) is kind


@pytest.mark.parametrize(
    "machine",
    ["com.marta.app", "/u/marta", "marta@example.com", "marta_1", "h3-marta", "marisa-trie"],
)
def test_parts_of_ids_paths_and_hosts_are_no_words(machine: str) -> None:
    assert tokens(machine) == []


def test_marks_belong_to_their_letters_and_punctuation_stays_outside() -> None:
    assert [token.text for token in tokens("(O'Brien), सुरेश, Marta's")] == [
        "O'Brien",
        "सुरेश",
        "Marta",
    ]
