import pytest

from motcua.base.money import dong, format_dong
from motcua.base.refusal import Refused


@pytest.mark.parametrize(
    ("written", "amount"), [("1.234.567", 1234567), ("120,000 VNĐ", 120000), ("0", 0), ("50000 đồng", 50000)]
)
def test_dong_reads_what_people_write(written, amount):
    assert dong(written) == amount


@pytest.mark.parametrize("written", ["", "miễn phí", "-5", "1.5e3", "２"])
def test_dong_refuses_what_is_no_amount(written):
    with pytest.raises(Refused):
        dong(written)


def test_format_dong_groups_by_thousands():
    assert format_dong(1234567) == "1.234.567 đồng"
