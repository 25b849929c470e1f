"""What no procedure is about is not answered, and the page says where to go instead."""

import pytest

from motcua.procedures.rules.search import CatalogueIndex
from motcua.procedures.tests.conftest import load
from motcua.procedures.tests.test_pages import LIST, text_of

NOT_OURS = [
    line.strip()
    for line in """
    asdkjh qweiu zxmn
    aaaaaaaaaa
    jkl jkl jkl
    ha ha ha ha
    !!! ???
    mày là ai
    ngu thế không biết
    hello how are you today
    what is the capital of France
    how to bake a chocolate cake
    where can I buy cheap shoes
    bonjour je voudrais un croissant
    select * from users where id = 1
    def main(): print("hi")
    <div class="x">abc</div>
    {"name": "a", "value": 12}
    http://example.invalid/a?b=c
    for (let i = 0; i < n; i++) sum += i
    Việt Nam gặp Indonesia mấy giờ đá
    đội nào vô địch C1 năm nay
    tỉ số trận chung kết tối qua
    cách kho cá lóc nước dừa cho mềm
    phở bò nấu bao lâu thì nước trong
    làm sao cho bánh bông lan nở xốp
    trứng hấp vân ăn kèm gì
    hôm nay Sài Gòn có mưa không em
    bão sắp vào chưa mà trời âm u thế
    làm sao để crush thích mình
    bạn gái giận phải dỗ thế nào
    buồn quá không biết nói với ai
    con mèo nhà tôi bỏ ăn hai hôm nay
    tả cây bàng sân trường em
    2 cộng 2 bằng mấy
    tam giác vuông có góc bao nhiêu độ
    sao hỏa có người ở không
    điện thoại sạc mãi không vào pin
    máy tính cứ tự tắt nguồn
    tải bài Nơi này có anh về máy
    xin visa du lịch Nhật tự túc
    thi quốc tịch Mỹ hỏi mấy câu
    đăng ký học lái xe ở Berlin
    đề về con gì chiều nay
    ăn gì để mọc tóc nhanh
    đau lưng nằm kiểu gì cho đỡ
    con cò bay lả bay la
    ai ghi bàn cho Nam Định tối qua
    thịt ba chỉ chiên giòn bì
    wifi nhà em chậm quá
    giải giúp bài hình lớp 8
    giá vàng chiều nay
    dự báo mưa ngày mai ở Huế
    bé sốt 39 độ uống gì
    bà bầu ăn dứa được không
    chị ơi em buồn
    khách sạn gần biển giá rẻ
    xin thẻ xanh Mỹ diện vợ chồng
    const x = await fetch(url)
    nau com bao lau chin
    bong da hom nay
    """.splitlines()
    if line.strip()
]


@pytest.mark.parametrize("question", NOT_OURS)
def test_what_no_procedure_is_about_is_not_answered(index: CatalogueIndex, question):
    assert index.search(question) == []


@pytest.mark.parametrize(
    "question",
    ["muối", "drone", "karaoke", "sổ đỏ", "ho tich", "thua dat", "thẩm duyệt", "kim cương",
     "kinh doanh đặt cược bóng đá",
     "ông ngoại để lại miếng đất chưa có sổ giờ mấy cậu không chịu ký thì con làm sao đứng tên được"],
)  # fmt: skip
def test_short_and_long_questions_are_still_answered(index: CatalogueIndex, question):
    assert index.search(question) != []


@pytest.mark.django_db
def test_page_that_finds_nothing_leads_on(client, catalogue_file):
    load(catalogue_file("1.001193"))
    page = client.get(LIST, {"q": "tỉ số trận chung kết tối qua"})
    text = text_of(page)
    assert "Không tìm thấy thủ tục nào" in text
    assert "tổng đài 1022" in text
    assert "Hộ tịch (1)" in text
    assert "field=H" in page.content.decode()
    assert "Sinh con" in text
