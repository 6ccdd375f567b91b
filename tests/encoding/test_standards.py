"""Finding one's way in the standards: by path, by level, by reading; what is not there is named."""

import pytest

from tassei.encoding.standards import Standards
from tassei.errors import Fault, RequestError

V2006 = "itss-v2-2006/it-service-management"


def refusal(standards: Standards, path: str) -> Fault:
    """The one fault of a path that names nothing."""
    with pytest.raises(RequestError) as refused:
        standards.find(path)
    (fault,) = refused.value.faults
    return fault


def test_edition(standards: Standards) -> None:
    """An edition is found by its whole id."""
    for edition in standards.editions:
        assert standards.edition(edition.id) is edition
    with pytest.raises(RequestError) as refused:
        standards.edition("itss-v2-2006/it-service-managment")
    (fault,) = refused.value.faults
    assert fault.code == "unknown-edition"
    assert V2006 in fault.repair.en
    assert V2006 in fault.repair.ja


def test_edition_of_a_category_that_is_the_beginning_of_another(standards: Standards) -> None:
    """An id that merely begins like that of an edition names none."""
    assert refusal(standards, f"{V2006}-2").code == "unknown-edition"
    assert refusal(standards, "itss-v2-2006").code == "unknown-edition"


@pytest.mark.parametrize(
    ("path", "field", "level"),
    [
        (V2006, None, None),
        (f"{V2006}/", None, None),
        (f"{V2006}/service-desk", "service-desk", None),
        (f"{V2006}/service-desk/", "service-desk", None),
        (f"{V2006}/service-desk/4", "service-desk", 4),
        (f"{V2006}/service-desk/4/", "service-desk", 4),
        # a common level is found by the field that it holds for, and by its own entry
        (f"{V2006}/service-desk/1", "service-desk", 1),
        (f"{V2006}/common", "common", None),
        (f"{V2006}/common/2", "common", 2),
    ],
)
def test_find(standards: Standards, path: str, field: str | None, level: int | None) -> None:
    """A path is an edition, a field of it, or a level of that."""
    edition, *rest = standards.find(path)
    assert edition.id == V2006
    assert rest == [field, level]


def test_every_level_is_found(standards: Standards) -> None:
    """Every level of every field has a path."""
    for edition in standards.editions:
        for field in edition.fields:
            assert standards.find(edition.qualified(field.id)) == (edition, field.id, None)
        for indicator in edition.indicators:
            for field_id in {indicator.field_id, *edition.covered_by(indicator)}:
                path = f"{edition.qualified(field_id)}/{indicator.level}"
                assert standards.find(path) == (edition, field_id, indicator.level)


@pytest.mark.parametrize(
    ("path", "code", "suggested"),
    [
        ("itss-v2-2006/it-service-managment", "unknown-edition", V2006),
        ("", "unknown-edition", "itss-v1/operations"),
        (f"{V2006}/service-disk", "unknown-field", "service-desk"),
        (f"{V2006}/service-disk/4", "unknown-field", "service-desk"),
        (f"{V2006}/service-desk/5", "unknown-level", "4"),
        (f"{V2006}/service-desk/four", "unknown-level", "4"),
        (f"{V2006}/service-desk/04", "unknown-level", "4"),
        (f"{V2006}/operations-management/2", "unknown-level", "7"),
        (f"{V2006}/common/3", "unknown-level", "2"),
        (f"{V2006}/service-desk/4/size", "unknown-level", "4"),
    ],
)
def test_a_path_that_names_nothing(
    standards: Standards, path: str, code: str, suggested: str
) -> None:
    """The first part that names nothing is refused, with what there is instead."""
    fault = refusal(standards, path)
    assert fault.code == code
    assert suggested in fault.repair.en
    assert suggested in fault.repair.ja


def test_level(standards: Standards) -> None:
    """A level by which people are judged is named to the end, by a specialty field proper."""
    assert standards.level(f"{V2006}/service-desk/1") == (V2006, "service-desk", 1)
    for path in (V2006, f"{V2006}/service-desk", f"{V2006}/common", f"{V2006}/common/1"):
        with pytest.raises(RequestError) as refused:
            standards.level(path)
        (fault,) = refused.value.faults
        assert fault.code == "level-expected"
        example = fault.repair.en.removeprefix("for example: ")
        assert standards.level(example)[0] == V2006


# --- readings


def test_readings_with(standards: Standards) -> None:
    """Choices depart from the defaults where they say so."""
    assert standards.readings_with({})["R-ENTRY"] == "entry"
    chosen = standards.readings_with({"R-ENTRY": "literal"})
    assert chosen["R-ENTRY"] == "literal"
    assert chosen["R-YEARS"] == "cumulative"


def test_readings_that_do_not_exist(standards: Standards) -> None:
    """Every unknown reading and alternative is named at once, each with what there is instead."""
    with pytest.raises(RequestError) as refused:
        standards.readings_with({"R-ENTRI": "entry", "R-YEARS": "cumulativ", "R-SOME": "2"})
    unknown, alternative = refused.value.faults
    assert (unknown.code, alternative.code) == ("unknown-reading", "unknown-alternative")
    assert "R-ENTRY" in unknown.repair.en
    assert "cumulative" in alternative.repair.en
    assert "R-YEARS" in alternative.what.en
    assert "R-YEARS" in alternative.what.ja


def test_doubts_of_an_indicator(standards: Standards) -> None:
    """An indicator's doubts are those that touch it, in the order of the register."""
    for edition in standards.editions:
        for indicator in edition.indicators:
            found = standards.doubts_of(edition, indicator)
            assert [d for d in standards.doubts if d in found] == list(found)
            for doubt in standards.doubts:
                concerned = doubt.concerns(edition.id, indicator.field_id, indicator.level)
                assert (doubt in found) is concerned
