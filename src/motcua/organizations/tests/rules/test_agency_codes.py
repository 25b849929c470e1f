"""DOMAIN 4.8, 4.9: both orders of agency codes."""

import pytest

from motcua.organizations.rules.agency_codes import DECISION_20, QCVN_102, is_agency_code, read_agency_code


@pytest.mark.parametrize(
    ("code", "scheme", "levels"),
    [
        ("000.17.22.H56", QCVN_102, ("H56", "22", "17")),
        ("000.00.14.H56", QCVN_102, ("H56", "14")),
        ("001.02.14.H27", QCVN_102, ("H27", "14", "02", "001")),
        ("000.00.00.H27", QCVN_102, ("H27",)),
        ("001.00.14.H27", QCVN_102, ("H27", "14", "00", "001")),  # a level between may be empty
        ("H56.22.17", DECISION_20, ("H56", "22", "17")),
        ("G03", DECISION_20, ("G03",)),
        ("H27.A1B2.0003", DECISION_20, ("H27", "A1B2", "0003")),
    ],
)
def test_code_is_read_in_its_own_order(code, scheme, levels):
    read = read_agency_code(code)
    assert (read.scheme, read.levels, read.province) == (scheme, levels, levels[0])
    assert is_agency_code(code, scheme)
    assert not is_agency_code(code, DECISION_20 if scheme == QCVN_102 else QCVN_102)


@pytest.mark.parametrize("code", ["", ".", "H56.", "h56.22", "H56..22", "H56-22", "H" * 36, "H56.22\n", "H5Đ.22"])
def test_what_is_no_code_is_refused(code):
    with pytest.raises(ValueError, match="not a code"):
        read_agency_code(code)


def test_schemes_of_other_codes_keep_no_form():
    assert is_agency_code("42", "gso")
