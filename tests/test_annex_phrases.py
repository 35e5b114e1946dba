"""What the words of an annex say of a rule, and where they say it in two ways."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.office.annexes.options import Option
from parindex.office.annexes.phrases import read_rule
from parindex.office.annexes.wordings import (
    BELOW_ZERO,
    BEST_NOT_MAXIMUM,
    JUMP,
    NO_MAXIMUM,
    NOT_UNDERSTOOD,
    OTHER_NUMBER,
    SEVERAL_AMOUNTS,
    STEPS_DO_NOT_MEET,
)


def short(rule: dict[str, Any] | None) -> str:
    """A rule in one line, with options and steps by their figures only."""
    if rule is None:
        return "points"
    words = [rule["kind"]]
    for field in ("options", "items"):
        words += [f"{each:f}" for each in rule.get(field, {}).values()]
    for step in rule.get("steps", []) if isinstance(rule.get("steps"), list) else []:
        edge = f">{step['above']:f}" if "above" in step else f">={step['from']:f}"
        words.append(f"{edge}:{step['points']:f}")
    words += [
        f"{key}={rule[key]}"
        for key in ("step", "each", "floor", "target", "inverted")
        if key in rule
    ]
    return " ".join(words)


class TestOneThing:
    """Words that say one thing are read as that rule."""

    @pytest.mark.parametrize(
        ("text", "maximum", "rule"),
        [
            ("Ban hành kịp thời: 1; chậm: 0,5; không ban hành: 0", 1, "choice 1 0.5 0"),
            (
                "Ban hành kịp thời (trước 15/01): 1; Ban hành chậm: 0,5; Không: 0",
                1,
                "choice 1 0.5 0",
            ),
            ("- Đúng hạn 1 điểm\n- Chậm 0,5 điểm\n- Không ban hành 0 điểm", 1, "choice 1 0.5 0"),
            ("Trong quý I: 1 đ; sau quý I: 0,5 đ; không: 0 đ", 1, "choice 1 0.5 0"),
            ("Tốt được 2 điểm; khá được 1 điểm; kém không tính điểm", 2, "choice 2 1 0"),
            ("Đạt: điểm tối đa; một phần: 1/2 điểm tối đa; không đạt: 0", 2, "choice 2 1 0"),
            ("Đạt: 100% điểm tối đa; một phần: 25% điểm tối đa; không: 0", 2, "choice 2 0.5 0"),
            ("- Không lần nào: 2\n- Một lần: 1\n- Hơn một lần: 0", 2, "choice 2 1 0"),
            ("100% thủ tục được công khai đầy đủ: 2\nKhông đạt yêu cầu: 0", 2, "choice 2 0"),
            ("Từ 90% trở lên và không có hồ sơ tồn: 2; còn lại: 0", 2, "choice 2 0"),
            ("Cách chấm:\n+ Có: 1\n+ Không: 0", 1, "choice 1 0"),
            ("Có nhiệm vụ: 0,5\nCó kinh phí: 0,5", 1, "checklist 0.5 0.5"),
            ("trên 90%: 2; từ 70% - 90%: 1; dưới 70%: 0", 2, "steps >90:2 >=70:1 >=0:0"),
            ("từ 30%: 2; từ 20% đến dưới 30%: 1; dưới 20%: 0", 2, "steps >=30:2 >=20:1 >=0:0"),
            (
                "Dưới 20%: 0\nTừ 20% đến dưới 30%: 1\nTừ 30% trở lên: 2",
                2,
                "steps >=30:2 >=20:1 >=0:0",
            ),
            ("Đạt 100%: 2; 80% - dưới 100%: 1,5; dưới 80%: 0", 2, "steps >=100:2 >=80:1.5 >=0:0"),
            (">= 90%: 2; 80% - < 90%: 1; < 80%: 0", 2, "steps >=90:2 >=80:1 >=0:0"),
            ("≥ 90,5%: 2; < 90,5%: 0", 2, "steps >=90.5:2 >=0:0"),
            ("< 5%: 2; 5% - 10%: 1; > 10%: 0", 2, "steps >10:0 >=5:1 >=0:2"),
            ("Thực hiện trên 90% kế hoạch: 2; Dưới hoặc bằng 90%: 0", 2, "steps >90:2 >=0:0"),
            ("Điểm = điểm tối đa × tỷ lệ / 100", 6, "ratio"),
            ("Điểm = tỷ lệ × điểm tối đa", 4, "ratio"),
            ("Tỉ lệ % x 3", 3, "ratio"),
            ("b/a x 3 điểm", 3, "ratio"),
            ("Điểm = (số hồ sơ đúng hạn / tổng số hồ sơ) × điểm tối đa", 3, "ratio"),
            ("[b/a]*[điểm tối đa], trong đó a là tổng số hồ sơ; b là số đúng hạn", 3, "ratio"),
            (
                "Tính theo công thức: (b/a)*3. Nếu tỷ lệ dưới 0.8 thì điểm là 0",
                3,
                "ratio floor=80%",
            ),
            ("Nếu tỷ lệ b/a < 0,80 thì điểm đánh giá là 0. Điểm = (b/a) x 3", 3, "ratio floor=80%"),
            ("Từ 80% trở lên: tỷ lệ × điểm tối đa; dưới 80%: 0", 2, "ratio floor=80%"),
            ("dưới 80% không tính điểm; từ 80% trở lên: tỷ lệ × 2", 2, "ratio floor=80%"),
            (
                "Đạt từ 80% trở lên sẽ đạt điểm tối đa. Dưới 80%: tỷ lệ × điểm tối đa / 80%",
                2,
                "ratio target=80%",
            ),
            ("(1 - b/a) x 2", 2, "ratio inverted=True"),
            ("Mỗi báo cáo chậm trừ 0,25 điểm", 2, "deduct step=0.25"),
            ("Báo cáo chậm: trừ 0,25 điểm/báo cáo", 2, "deduct step=0.25"),
            ("Chậm 01 ngày trừ 0,1 điểm cho đến hết số điểm", 1, "deduct step=0.1"),
            ("Cứ 01 văn bản chậm thì trừ 10% điểm tối đa", 2, "deduct step=10%"),
            ("Mỗi sáng kiến được 0,5 điểm, tối đa không quá 2 điểm", 2, "count each=0.5"),
            ("Mỗi sáng kiến cộng 0.5 điểm", 2, "count each=0.5"),
            ("Chỉ theo dõi, không chấm điểm", None, "watch"),
            (
                (
                    "Nếu đạt 100% thì điểm đánh giá là 1; từ 80% - dưới 100% thì điểm đánh giá là 0,5; "
                    "dưới 80% thì điểm đánh giá là 0"
                ),
                1,
                "steps >=100:1 >=80:0.5 >=0:0",
            ),
            (
                (
                    "Tính tỷ lệ % số việc đã làm so với số việc được giao. Nếu đạt tỷ lệ 100% thì điểm "
                    "đánh giá là 1; nếu đạt từ 80% - dưới 100% thì điểm đánh giá được tính theo công "
                    "thức: [(tỷ lệ % hoàn thành) x 1.00]/100%; nếu dưới 80% thì điểm đánh giá là 0"
                ),
                1,
                "ratio floor=80%",
            ),
            (
                "Trên 90%: 2 điểm. Từ 70% đến 90%: 1 điểm. Dưới 70%: 0.",
                2,
                "steps >90:2 >=70:1 >=0:0",
            ),
            ("Từ 90% được 2 điểm, dưới 90% được 0 điểm", 2, "steps >=90:2 >=0:0"),
            ("≥90%: 2; 70% ≤ x < 90%: 1; <70%: 0", 2, "steps >=90:2 >=70:1 >=0:0"),
            (
                "Từ 90% trở lên: 2; từ 70% đến dưới 90%: 1; còn lại: 0",
                2,
                "steps >=90:2 >=70:1 >=0:0",
            ),
            ("Lớn hơn hoặc bằng 80%: 2; nhỏ hơn 80%: 0", 2, "steps >=80:2 >=0:0"),
            ("Kiểm tra 30% số cơ quan trở lên: 1; kiểm tra dưới 30%: 0", 1, "steps >=30:1 >=0:0"),
            (
                "2 điểm: trên 80%; 1 điểm: từ 50% đến 80%; 0 điểm: dưới 50%",
                2,
                "steps >80:2 >=50:1 >=0:0",
            ),
            ("2: ngắn hơn; 1: bằng; 0: dài hơn", 2, "choice 2 1 0"),
            ("Tốt: điểm tối đa; khá: một nửa điểm tối đa; kém: 0", 1, "choice 1 0.5 0"),
            ("Đạt: điểm tối đa; một phần: 1/3 số điểm tối đa; không: 0", 3, "choice 3 1 0"),
            (
                "Có ban hành: 1; không: 0. Trường hợp không phát sinh được điểm tối đa",
                1,
                "choice 1 0 1",
            ),
            ("Khá: 1, Tốt: 2; yếu: 0", 2, "choice 1 2 0"),
            ("Từ 80% kế hoạch trở lên, đúng hạn: 2; dưới 80%: 0", 2, "choice 2 0"),
            ("Giảm từ 10% trở lên: 2; giảm dưới 10%: 0", 2, "choice 2 0"),
            (
                "Tỷ lệ hài lòng từ 90% trở lên: 100% điểm; dưới 90%: 50% điểm",
                2,
                "steps >=90:2 >=0:1",
            ),
            ("Tỷ lệ % nhân với điểm tối đa", 2, "ratio"),
            ("2 x b/a", 2, "ratio"),
            ("(b/a)*100% x 2", 2, "ratio"),
            ("Hoàn thành 100%: điểm tối đa; dưới 100%: điểm = tỷ lệ x điểm tối đa", 2, "ratio"),
            ("Đạt từ 90%: điểm tối đa; dưới 90%: (tỷ lệ/90%) x điểm tối đa", 2, "ratio target=90%"),
            ("Nếu tỷ lệ >= 80% thì điểm = tỷ lệ * 2, ngược lại 0 điểm", 2, "ratio floor=80%"),
            ("Mỗi văn bản chậm: -0,25 điểm", 2, "deduct step=0.25"),
            ("Mỗi văn bản sai trừ 0,5 điểm, tối đa trừ 2 điểm", 2, "deduct step=0.5"),
            ("Chấm 0,5 điểm cho mỗi nội dung", 2, "count each=0.5"),
        ],
    )
    def test_read(self, text: str, maximum: int | None, rule: str) -> None:
        read = read_rule(text, None if maximum is None else Decimal(maximum))
        assert (short(read.rule), read.doubt) == (rule, "")

    def test_answers_of_a_survey(self) -> None:
        text = "Rất hài lòng: 100%; Hài lòng: 75%; Không hài lòng: 0%"
        weights = {"rat-hai-long": "100%", "hai-long": "75%", "khong-hai-long": "0%"}
        assert read_rule(text, Decimal(5)).rule == {"kind": "survey", "weights": weights}

    def test_rows_of_their_own(self) -> None:
        rows = [Option("Trên 90%", Decimal(2)), Option("Từ 90% trở xuống", Decimal(0))]
        assert short(read_rule("", Decimal(2), rows).rule) == "steps >90:2 >=0:0"

    def test_printed_words_stay(self) -> None:
        rule = read_rule("Ban hành (trước 15/01): 1; Chưa: 0", Decimal(1)).rule
        assert rule is not None
        assert rule["names"]["ban-hanh"] == "Ban hành (trước 15/01)"

    def test_same_words_twice(self) -> None:
        """Options that begin alike keep names of their own."""
        words = "Ban hành kế hoạch đúng thời hạn"
        rule = read_rule(f"{words} quy định: 1; {words} gia hạn: 0,5; không: 0", Decimal(1)).rule
        assert rule is not None
        assert len(rule["options"]) == 3


class TestDoubt:
    """Words that can be read in two ways, or are not known, stay points, and it is said why."""

    @pytest.mark.parametrize(
        ("text", "maximum", "doubt"),
        [
            ("Từ 80% trở lên: 2; từ 70% - 80%: 1; dưới 70%: 0", 2, STEPS_DO_NOT_MEET),
            ("Từ 80% đến 100%: 2; từ 60% đến 79%: 1; dưới 60%: 0", 2, STEPS_DO_NOT_MEET),
            ("Trên 80%: 2; dưới 80%: 0", 2, STEPS_DO_NOT_MEET),
            ("Từ 80% trở lên: 2; từ 50% đến dưới 80%: 1", 2, STEPS_DO_NOT_MEET),
            ("Có: 1; không: 0", 2, BEST_NOT_MAXIMUM),
            ("Không ban hành: -1; ban hành: 1", 1, BELOW_ZERO),
            ("Thiếu 01 báo cáo trừ 0,5 điểm, chậm 01 báo cáo trừ 0,25 điểm", 2, SEVERAL_AMOUNTS),
            ("Mỗi nội dung thiếu trừ 0,25 điểm, trừ tối đa 1 điểm", 2, OTHER_NUMBER),
            ("Tỷ lệ x 2", 3, OTHER_NUMBER),
            ("Từ 80% đạt điểm tối đa; dưới 80%: tỷ lệ × điểm tối đa / 90%", 2, OTHER_NUMBER),
            ("Từ 90%: tỷ lệ × điểm tối đa; dưới 80%: 0", 2, OTHER_NUMBER),
            ("Từ 80% trở lên đạt điểm tối đa; dưới 80%: tỷ lệ × điểm tối đa", 2, JUMP),
            ("Hoàn thành 100%: 3; cứ giảm 10% trừ 0,5", 3, NOT_UNDERSTOOD),
            ("Đủ 04 báo cáo: 1 điểm, thiếu mỗi báo cáo trừ 0,25 điểm", 1, NOT_UNDERSTOOD),
            ("Trừ 0,5 điểm", 1, NOT_UNDERSTOOD),
            ("Tốt: 100%; Khá: 60%; Yếu", 2, NOT_UNDERSTOOD),
            ("Tỷ lệ × điểm tối đa; nhưng nếu có khiếu nại thì trừ 1", 2, NOT_UNDERSTOOD),
            ("Có: 1; không: 0", None, NO_MAXIMUM),
            ("Đạt: điểm tối đa; một phần: 1/3 số điểm tối đa; không: 0", 1, NOT_UNDERSTOOD),
            ("Mỗi lỗi sai: 0,5 điểm", 2, NOT_UNDERSTOOD),
            ("Đạt: 2; không đạt: 0; chậm báo cáo: trừ 0,5 điểm", 2, NOT_UNDERSTOOD),
            ("Điểm = 2 - (b/a x 2)", 2, NOT_UNDERSTOOD),
            ("Có văn bản: 1\nKhông có văn bản: 0\nxem phụ lục", 1, NOT_UNDERSTOOD),
        ],
    )
    def test_kept_as_points(self, text: str, maximum: int | None, doubt: str) -> None:
        read = read_rule(text, None if maximum is None else Decimal(maximum))
        assert (read.rule, read.doubt) == (None, doubt)

    @pytest.mark.parametrize("text", ["", "Kế hoạch của UBND", "Điều tra xã hội học"])
    def test_nothing_of_points(self, text: str) -> None:
        """Words that do not speak of points leave no doubt."""
        assert read_rule(text, Decimal(2)) == (None, "")


class TestAnyWords:
    """Any words are read, or not, without an error, and quickly."""

    @given(
        st.lists(
            st.sampled_from(
                [
                    *"0123456789%,.;:\n()/*x-+ ",
                    "từ ",
                    "dưới ",
                    "trên ",
                    "đến ",
                    "trở lên",
                    "tỷ lệ ",
                    "điểm ",
                    "tối đa ",
                    "mỗi ",
                    "trừ ",
                    "a ",
                    "nếu ",
                ]
            ),
            max_size=200,
        ).map("".join)
    )
    def test_no_error(self, text: str) -> None:
        read = read_rule(text, Decimal(2))
        assert read.rule is None or not read.doubt

    @pytest.mark.parametrize(
        "part", ["tỷ lệ ", "so a ", "trên 1% ", "(", "0,25 ", "x", "thì được ", "điểm là: "]
    )
    def test_long(self, part: str) -> None:
        read_rule(part * 2000, Decimal(2))
