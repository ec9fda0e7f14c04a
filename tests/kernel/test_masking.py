"""What a screen shows before anybody asks to see more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengqiao.kernel import masking


@pytest.mark.parametrize(
    "name, shown",
    [
        ("张三", "张*"),
        ("沈玉兰", "沈*兰"),
        ("欧阳锋", "欧阳*"),
        ("欧阳修文", "欧阳**"),
        ("欧阳", "欧*"),
        ("阿依古丽", "阿**丽"),
        ("买买提·艾力", "买**"),
        ("John Smith", "J*** S***"),
        ("张", "张*"),
        ("", ""),
    ],
)
def test_a_person_is_shown_by_the_family_name(name, shown):
    assert masking.name(name) == shown


@pytest.mark.parametrize(
    "name", ["湖州某某物业有限公司", "某家居店", "飞英街道办事处", "塔下街社区居民委员会", "某某厂（普通合伙）"]
)
def test_an_organisation_keeps_its_name(name):
    assert masking.name(name) == masking.name(name).replace("*", "")


@pytest.mark.parametrize("name", ["张建村", "王小店", "周局", "张李晓会", "王赵知行"])
def test_a_person_is_a_person_whatever_the_name_ends_in(name):
    assert "*" in masking.name(name)


@pytest.mark.parametrize(
    "number, shown",
    [
        ("13812341234", "138****1234"),
        ("0572-2038888", "0572-****888"),
        ("0571-87054321", "0571-*****321"),
        ("0572-2038888-12", "0572-****888"),
        ("12345", "****5"),
        ("138-1234-5678", "138****5678"),
        ("", ""),
    ],
)
def test_a_telephone(number, shown):
    assert masking.phone(number) == shown


@pytest.mark.parametrize(
    "number, shown",
    [("330502199001012001", "330***********2001"), ("E12345678", "E******78"), ("1234", "***4"), ("", "")],
)
def test_an_identity_number_shows_three_and_four(number, shown):
    assert masking.id_number(number) == shown


@pytest.mark.parametrize(
    "number, shown", [("6222 0212 3456 7890 123", "****0123"), ("6222021234567890", "****7890"), ("1234", "****")]
)
def test_a_bank_card_shows_its_last_four(number, shown):
    assert masking.card(number) == shown


@pytest.mark.parametrize(
    "address, shown",
    [
        ("湖州市吴兴区飞英街道塔下街123弄4幢201室", "湖州市吴兴区飞英街道塔下街***"),
        ("塔下街１２３弄 4 幢 201", "塔下街***"),
        ("织里镇晟舍村沈家兜", "织里镇晟舍村***"),
        ("织里镇晟舍村第三组", "织里镇晟舍村***"),
        ("凤凰新村12幢301", "凤凰新村***"),
        ("天河小区三幢", "天河小区***"),
        ("月河社区月河街3号", "月河社区***"),
        ("环渚街道村西路12号", "环渚街道村***"),
        ("飞英街道塔下街", "飞英街道塔下街"),
        ("桥头老王家", "***"),
        ("", ""),
    ],
)
def test_an_address_ends_at_the_village_or_the_road(address, shown):
    assert masking.address(address) == shown


@given(st.text(min_size=1), st.integers(1, 99999))
def test_no_house_number_is_ever_shown(road, number):
    assert not any(letter.isdecimal() for letter in masking.address(f"{road}{number}号"))


@given(st.text("0123456789-", max_size=20))
def test_of_whatever_was_kept_as_a_telephone_something_is_hidden(number):
    assert "*" in masking.phone(number) or not number.replace("-", "")
