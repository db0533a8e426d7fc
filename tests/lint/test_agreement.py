"""Agreement of language versions: one text in three languages, and twenty seeded differences in each translation."""

from __future__ import annotations

import pytest

from atlas.lint.agreement import Disagreement, find_disagreements

ENGLISH = """\
## Situation {#situation}

The North School opened on 21 July 1883 with five classes [@alpha1990school, pp. 3–5; @beta2001north]. In the 1880s it
grew to 14,100 pupils in 12 towns, and it counts 490,000 learners in 131 places today [@gamma2019count].
{#opening dimension=origin}

From 6 October 2003 to 18 September 2005 the sides held their crossed years. Some three hundred events were seen by
28 million people; a third of them stood in the South [@delta2005years, p. 12].

## Outcome {#outcome}

- In the nineteenth century two bodies had shared the work; by March 2004 there were three, and the third left in 2013.
- One study of 2019 counts 12.8% of 1.4 billion; another counts twelve cases in twenty years [@epsilon2019study].
- The fifth session, in May 2015, brought both sides together for the fifteenth anniversary [-@zeta2015, ch. 3].

After C40 and COVID-19 the network `v2.5` kept [[north-5|its name]] (see https://example.org/2011/07); the law of
1 January 2017 has 54 articles. About 1910 there were eight schools, ten in 1914, and 832 branches in 2019.
"""

FRENCH = """\
## Situation {#situation}

L’École du Nord a ouvert le 21 juillet 1883 avec cinq classes [@alpha1990school, p. 3–5 ; @beta2001north]. Dans les
années 1880, elle est passée à 14 100 élèves dans douze villes ; elle compte aujourd’hui 490 000 apprenants dans
131 lieux [@gamma2019count].
{#opening}

Du 6 octobre 2003 au 18 septembre 2005, les parties ont tenu leurs années croisées. Quelque trois cents manifestations
ont été vues par 28 millions de personnes ; un tiers d’entre elles avait lieu au Sud [@delta2005years, p. 12].

## Bilan {#outcome}

- Au XIXe siècle, deux organismes s’étaient partagé la tâche ; en mars 2004, il y en avait trois, et le troisième est
  parti en 2013.
- Une étude de 2019 compte 12,8 % de 1,4 milliard ; une autre compte 12 cas en vingt ans [@epsilon2019study].
- La cinquième session, en mai 2015, a réuni les deux parties pour le quinzième anniversaire [-@zeta2015, chap. 3].

Après le C40 et la COVID-19, le réseau `v2.5` a gardé [[north-5|son nom]] (voir https://example.org/2011/07) ; la loi du
1er janvier 2017 a 54 articles. Vers 1910, il y avait huit écoles, dix en 1914, et 832 antennes en 2019.
"""

CHINESE = """\
## 背景 {#situation}

北方学校于1883年7月21日开办，设五个班[@alpha1990school, 页 3–5; @beta2001north]。19世纪80年代，该校学生增至1.41万人，分布于十二座城市；
如今在131个地方有49万名学员[@gamma2019count]。
{#opening}

2003年10月6日至2005年9月18日，双方举办互办年。约三百项活动吸引了2800万人次，其中三分之一在南方举行[@delta2005years, 第12页]。

## 结果 {#outcome}

- 19世纪，两个机构曾分担这项工作；到2004年3月已有三个，第三个于2013年退出。
- 2019年的一项研究统计，占14亿的12.8%；另一项研究统计，二十年间有12个案例[@epsilon2019study]。
- 2015年5月的第五届会议使双方在十五周年之际会聚一堂[-@zeta2015, 第三章]。

继C40和COVID-19之后，该网络`v2.5`保留了[[north-5|原名]]（见https://example.org/2011/07）；2017年1月1日的法律共54条。
1910年前后有八所学校，1914年有十所，2019年有832个分支机构。
"""

IN_FRENCH = [
    ("1883 avec", "1884 avec"),
    ("21 juillet", "21 juin"),
    ("cinq classes", "six classes"),
    ("p. 3–5", "p. 3–6"),
    ("@beta2001north", "@beta2001south"),
    (" [@gamma2019count]", ""),
    ("14 100", "14 000"),
    ("douze villes", "treize villes"),
    ("131 lieux", "lieux"),
    ("années 1880", "années 1890"),
    ("6 octobre 2003", "octobre 2003"),
    ("28 millions", "28 milliards"),
    ("trois cents", "quatre cents"),
    ("p. 12]", "p. 13]"),
    ("XIXe", "XVIIIe"),
    ("12,8 %", "12,9 %"),
    ("vingt ans", "trente ans"),
    ("cinquième", "sixième"),
    ("[-@zeta2015, chap. 3]", "[-@zeta2015, chap. 3 ; @eta2016]"),
    ("dix en 1914", "dix en 1915"),
]

IN_CHINESE = [
    ("于1883年", "于1885年"),
    ("7月21日", "8月21日"),
    ("五个班", "六个班"),
    ("页 3–5", "页 4–5"),
    ("; @beta2001north", ""),
    ("1.41万", "1.42万"),
    ("19世纪80年代", "19世纪90年代"),
    ("十二座", "十三座"),
    ("49万", "49亿"),
    ("131个地方", "各地"),
    ("2005年9月18日", "2005年9月19日"),
    ("三百项", "五百项"),
    ("2800万", "280万"),
    ("第12页", "第12章"),
    ("- 19世纪", "- 18世纪"),
    ("14亿", "14.1亿"),
    ("二十年间", "三十年间"),
    ("第五届", "第六届"),
    ("第三章", "第四章"),
    ("八所", "九所"),
]

VERSIONS = {"en": ENGLISH, "fr": FRENCH, "zh-Hans": CHINESE}


def compare(first: str, second: str) -> tuple[Disagreement, ...]:
    return find_disagreements(VERSIONS[first], VERSIONS[second], first, second)


@pytest.mark.parametrize("first", VERSIONS)
@pytest.mark.parametrize("second", VERSIONS)
def test_faithful_versions_do_not_disagree(first: str, second: str) -> None:
    assert compare(first, second) == ()


@pytest.mark.parametrize(("tag", "seeds"), [("fr", IN_FRENCH), ("zh-Hans", IN_CHINESE)])
def test_each_seeded_difference_is_one_finding_at_its_place(tag: str, seeds: list[tuple[str, str]]) -> None:
    for right, wrong in seeds:
        text = VERSIONS[tag]
        assert right in text
        changed = text.replace(right, wrong, 1)
        found = find_disagreements(ENGLISH, changed, "en", tag)
        assert len(found) == 1, (right, wrong, found)
        begin = text.index(right)
        paragraph = changed[: begin + len(wrong)].rsplit("\n\n", 1)[0]
        assert len(paragraph) <= found[0].translation.offset <= begin + len(wrong)


@pytest.mark.parametrize(("tag", "seeds"), [("fr", IN_FRENCH), ("zh-Hans", IN_CHINESE)])
def test_twenty_differences_at_once_are_twenty_findings(tag: str, seeds: list[tuple[str, str]]) -> None:
    text = VERSIONS[tag]
    for right, wrong in seeds:
        assert right in text
        text = text.replace(right, wrong, 1)
    assert len(find_disagreements(ENGLISH, text, "en", tag)) == len(seeds) == 20


def test_a_disagreement_says_what_is_in_either_text_and_where() -> None:
    (found,) = find_disagreements("Founded in 1883.", "Créé en 1884.", "en", "fr")
    assert found.message == "the original has 1883, the translation 1884"
    assert (found.original.offset, found.original.length) == (11, 4)
    assert (found.translation.offset, found.translation.length) == (8, 4)


def test_what_is_wanting_is_shown_at_its_paragraph() -> None:
    (found,) = find_disagreements("First.\n\nFounded in 1883 [@a].", "Un.\n\nFondée [@a].", "en", "fr")
    assert found.message == "the original has 1883, the translation has not"
    assert (found.translation.offset, found.translation.length) == (5, 0)


def test_citations_of_blockquotes_count_and_those_in_code_do_not() -> None:
    original = "> Words\n> — [@a, p. 3]\n\nCode: `[@b]`."
    found = find_disagreements(original, "> Words\n> — [@a, p. 4]\n\nCode : `[@c]`.", "en", "fr")
    assert [each.kind for each in found] == ["citation"]


@pytest.mark.parametrize(
    ("english", "other", "tag"),
    [
        ("a decade", "dix ans", "fr"),
        ("a decade", "十年", "zh-Hans"),
        ("ninety-nine", "quatre-vingt-dix-neuf", "fr"),
        ("twenty-one bodies", "vingt et un organismes", "fr"),
        ("the first body", "un nouvel organisme", "fr"),
        ("the first body", "第一个机构", "zh-Hans"),
        ("nine new schools", "neuf écoles neuves", "fr"),
        ("the 21st century", "二十一世纪", "zh-Hans"),
        ("1949", "一九四九年", "zh-Hans"),
        ("15,000", "一万五千", "zh-Hans"),
        ("1.28 billion", "12.8亿", "zh-Hans"),
        ("January–March 2004", "2004年1—3月", "zh-Hans"),
        ("March 1, 2004", "1er mars 2004", "fr"),
        ("5 per cent", "百分之五", "zh-Hans"),
        ("5%", "5 pour cent", "fr"),
        ("the 1980s", "上世纪80年代", "zh-Hans"),
        ("the 1980s", "les années 80", "fr"),
        ("more than twenty", "二十多个", "zh-Hans"),
        ("the sixtieth year", "60周年", "zh-Hans"),
        ("quickly", "十分迅速地统一了一些万一的事", "zh-Hans"),
        ("the May Fourth movement", "五四运动", "zh-Hans"),
        ("dozens of schools", "数十所学校", "zh-Hans"),
        ("the nineteen-fifties", "二十世纪五十年代", "zh-Hans"),
        ("the nineteen-fifties", "les années cinquante", "fr"),
        ("the fifties", "les années 1950", "fr"),
        ("a three-party body", "un organisme tripartite", "fr"),
        ("the fifth meetings", "les cinquièmes rencontres", "fr"),
        ("international, national and local views", "国际、国家和地方三种视角", "zh-Hans"),
        ("the Plan 2020", "[Plan 2020]{lang=en}计划", "zh-Hans"),
        ("article L1115-1", "[L1115-1]{lang=fr}条", "zh-Hans"),
        ("the building is the oldest", "Le bâtiment est le plus ancien. Ce n’est pas tout", "fr"),
        ("the post-1949 years", "1949年以后", "zh-Hans"),
        ("It may march on", "它可以前进", "zh-Hans"),
        ("a law of 54 articles", "ein Gesetz mit 54 Artikeln", "de"),
        ("three laws of March 2004", "drei Gesetze vom März 2004", "de"),
        ("605.9 million euros, 2 billion", "605,9 M€, 2 Md€", "fr"),
        ("1.336 billion, 30 million", "13.36億, 3000萬", "zh-Hant"),
    ],
)
def test_one_number_has_many_forms(english: str, other: str, tag: str) -> None:
    assert find_disagreements(english, other, "en", tag) == ()


@pytest.mark.parametrize(
    ("english", "other", "tag"),
    [
        ("five schools", "六所学校", "zh-Hans"),
        ("five schools", "sept écoles", "fr"),
        ("14.1 million", "1410亿", "zh-Hans"),
        ("March 2004", "2004年4月", "zh-Hans"),
        ("the fourth session", "第五届会议", "zh-Hans"),
        ("3.5", "3,6", "fr"),
        ("1949", "1950", "de"),
    ],
)
def test_one_number_for_another_is_one_disagreement(english: str, other: str, tag: str) -> None:
    assert len(find_disagreements(english, other, "en", tag)) == 1


def test_texts_with_other_paragraphs_are_compared_by_sections_or_whole() -> None:
    original = "In 1883.\n\nIn 1884.\n\n## Next {#next}\n\nIn 1885."
    assert find_disagreements(original, "En 1884 et 1883.\n\n## Suite {#next}\n\nEn 1885.", "en", "fr") == ()
    assert find_disagreements("In 1883.\n\nIn 1884.", "En 1884 et 1883.", "en", "fr") == ()


def test_the_empty_lines_and_signs_within_a_fence_divide_nothing() -> None:
    original = "In 1883.\n\n```\n## a\n\nb\n```\n\nIn 1884."
    translation = "En 1883.\n\n```\na\n```\n\nEn 1885."
    assert [each.message for each in find_disagreements(original, translation, "en", "fr")] == [
        "the original has 1884, the translation 1885"
    ]
    assert len(find_disagreements("In 1883.\n\n```\n## a\n```", "En 1884.\n\n```\na\n\nb\n```", "en", "fr")) == 1
