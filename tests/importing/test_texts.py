"""Texts of other programs become drafts of cases and concepts: what is rewritten, what is left out and listed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from check_reports import check
from site_copies import SITES, copy_site

from atlas.cli.main import main
from atlas.importing.markup import Rewriting
from atlas.importing.results import Import, Picture
from atlas.importing.texts import markdown_of

ESSAY = """\
---
title: "My *essay* [draft]"
author:
  - name: Jo Doe
  - name: {given: Li, family: Wang}
description: "About visits."
bibliography: refs.bib
format: html
---

Intro with [see @doe2001, p. 3].

# First part {.unnumbered}

![A photo](photo.png){#fig-one}
"""
WORKS = "@book{doe2001,\n  title = {Visits},\n  author = {Doe, Jo},\n  date = {2001},\n  langid = {english},\n}\n"


def rewritten(text: str) -> tuple[str, list[str]]:
    """A body in the Markdown of an atlas, and what was lost."""
    lost: list[str] = []

    def place(picture: Picture) -> str:
        return picture.path if not picture.path.startswith("http") else ""

    return Rewriting({"doe2001", "li2003"}, {"plot-one"}, place, lost.append).body(text).rstrip("\n"), lost


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("# A\n\n### B ###\n\n# A", "## A {#a}\n\n### B {#b}\n\n## A {#a-2}"),
        ("Title\n=====\n\nPart\n----", "## Title {#title}\n\n### Part {#part}"),
        ("#### Deep {#sec-x .y}", "## Deep {#sec-x}"),
        (r"\citep[5]{doe2001,li2003}", "[@doe2001; @li2003, p. 5]"),
        (r"\textcite{doe2001}", "[@doe2001]"),
        ("{% cite 'doe2001' '12' %}", "[@doe2001, p. 12]"),
        ("{cite:p}`doe2001`", "[@doe2001]"),
        ("A.^[One [two].]", "A.[^import-1]\n\n[^import-1]: One [two]."),
        ("A[^1].\n\n[^1]: Note.", "A[^1].\n\n[^1]: Note."),
        ("XIX<sup>e</sup> <em>a</em>", "XIX^e^ *a*"),
        ("• one\n• two", "- one\n- two"),
        ("See ![c](a.png) here.", "See  here.\n\n![c](/files/a.png)"),
        ("```{r, echo=FALSE}\n# x @y\n```", "```r\n# x @y\n```"),
        ("`@y {% z %}` a@b.org", "`@y {% z %}` a@b.org"),
        ("[ok](https://e.org) [[plot-one]]", "[ok](https://e.org) [[plot-one]]"),
        ("[民间]{lang=zh}", "[民间]{lang=zh}"),
        ("line\\\nnext", "line\nnext"),
        ("B\n::: {.callout-tip}\n## T\n\nA\n:::\nC", "B\n\n> [!TIP]\n> **T**\n>\n> A\n\nC"),
        ('!!! info "T"\n    A [@doe2001]\nB', "> [!NOTE]\n> **T**\n>\n> A [@doe2001]\n\nB"),
        ("```{warning}\nA\n```", "> [!WARNING]\n> A"),
        ("> [!NOTE]\n> A", "> [!NOTE]\n> A"),
        ("*[HTML]: Hyper Text\n\n$x_1$ | $5", "*[HTML]: Hyper Text\n\n$x_1$ | $5"),
        (
            "See [@fig-A_1].\n\n![c @doe2001](a.png){#fig-A_1 width=52%}",
            "See [@fig-a-1].\n\n![c @doe2001](/files/a.png){#fig-a-1 width=50%}",
        ),
        ("| a |\n|---|\n| b |\n\n  Table: C {#tbl-c}\n\n@tbl-c", "| a |\n|---|\n| b |\n\n: C {#tbl-c}\n\n@tbl-c"),
        (
            ":::{figure} a.png\n:name: fig-pier\n:width: 50%\n\nA *lamp*\nat night\n:::\nB",
            "![A *lamp* at night](/files/a.png){#fig-pier width=50%}\n\nB",
        ),
        ("```{figure} a.png\nA lamp\n```", "![A lamp](/files/a.png)"),
        ('{% include figure.html src="a.png" caption="A lamp" %}', "![A lamp](/files/a.png)"),
        ("{{< figure src='a.png' title='A lamp' id=\"lamp\" >}}", "![A lamp](/files/a.png){#fig-lamp}"),
        (":::{figure} a.png\n:name: figure-pier\n:::", "![](/files/a.png){#fig-pier}"),
        (":::{figure} a.png\n:name: figs_Pier\n:::", "![](/files/a.png){#fig-figs-pier}"),
        (r"a \(x_1\), `\(x_1\)` and \(so on\)", r"a $x_1$, `\(x_1\)` and \(so on\)"),
        ("\\[\nx = 1\n\\]", "$$x = 1$$"),
        (r"\[x = 1\]", "$$x = 1$$"),
        (r"\[so on\]", r"\[so on\]"),
        (r"\[kettle 4 = see Lamp_04.tif\]", r"\[kettle 4 = see Lamp_04.tif\]"),
        (r"\[the lid = the later one_b\]", r"\[the lid = the later one_b\]"),
        (r"\[f = \text{for all such x}\]", r"$$f = \text{for all such x}$$"),
        ("<a href='https://e.org/'>A *b*</a> <a id='x'></a>c", "[A *b*](https://e.org/) c"),
        ('<a class="y" href="https://e.org/a_(b)">A</a>', "[A](<https://e.org/a_(b)>)"),
        ("{{< note >}}\nA\n{{< /note >}}\nB", "> [!NOTE]\n> A\n\nB"),
        ("{{% notice warning %}}\nA\n{{% /notice %}}\nB", "> [!WARNING]\n> A\n\nB"),
        ('{{< alert type="tip" title="T" >}}\nA\n{{< /alert >}}\nB', "> [!TIP]\n> **T**\n>\n> A\n\nB"),
        ("# A {#sec-a}\n\n@sec-a and [@sec-a]", "## A {#sec-a}\n\n[A](#sec-a) and [A](#sec-a)"),
        ("```{note} One sentence.```\nB", "> [!NOTE]\n> One sentence.\n\nB"),
        (":::{warning} Do not.\nNot this.\n:::", "> [!WARNING]\n> Do not.\n> Not this."),
        ('::: {.callout-tip collapse="true" title="T"}\nA\n:::', "> [!TIP]\n> **T**\n>\n> A"),
        (":::note[T]\nA\n:::\n\n::: tip T\nB\n:::", "> [!NOTE]\n> **T**\n>\n> A\n\n> [!TIP]\n> **T**\n>\n> B"),
        ("```{success}\n**A**\n```", "> [!TIP]\n> **A**"),
        (
            '{{< note text="x" >}}\n{{% notice style="warning" title="T" %}}\nA\n{{% /notice %}}',
            "x\n\n> [!WARNING]\n> **T**\n>\n> A",
        ),
        ("{{< note text='x' >}}\n{{< note >}}\nA\n{{< /note >}}\nB", "x\n\n> [!NOTE]\n> A\n\nB"),
        (
            "# A {#sec-a}\n\n`@sec-a` @sec-a\n\n```\n@sec-a @fig-x\n```",
            "## A {#sec-a}\n\n`@sec-a` [A](#sec-a)\n\n```\n@sec-a @fig-x\n```",
        ),
        (
            "# A `b` [@li2003] {#sec-a}\n\n[@sec-a; @doe2001], [Section @sec-a] and @Sec-a",
            "## A `b` [@li2003] {#sec-a}\n\n[A `b`](#sec-a) [@doe2001], Section [A `b`](#sec-a) and [A `b`](#sec-a)",
        ),
        (
            "A.^[See @sec-a.]\n\n# Sec a\n\n# A {#sec-a}",
            "A.[^import-1]\n\n## Sec a {#sec-a-2}\n\n## A {#sec-a}\n\n[^import-1]: See [A](#sec-a).",
        ),
        (
            "![C](a.png){#fig-a}\n\n@Fig-a [@fig-a; @doe2001] [see @fig-a]",
            "![C](/files/a.png){#fig-a}\n\n@fig-a @fig-a [@doe2001] see @fig-a",
        ),
        ("```\n\\[x = 1\\]\n```", "```\n\\[x = 1\\]\n```"),
        ("- a\n\n  $$\n  x\n  $$\n\n- b", "- a\n\n  $$x$$\n\n- b"),
        ("> \\[\n> a > b\n> \\]\nB", "> $$a > b$$\nB"),
        ("\\[x\n= y\n\\]\n\n\\[see the\nnext page\\]", "$$x = y$$\n\n\\[see the\nnext page\\]"),
        ("\\[ x = y \\] {#eq-a}\n\n$$x = y$$ {#eq-b}", "$$x = y$$\n\n$$x = y$$"),
        ("$$a$$ and $$b$$", "$$a$$ and $$b$$"),
        ("![C](p (1).png)![D](<q (1).png>)", "![C](/files/p (1).png)\n\n![D](/files/q (1).png)"),
        ("![C](p.png 'title')![D](q.png (title))", "![C](/files/p.png)\n\n![D](/files/q.png)"),
        ("<a href='https://e.org/a b'>A</a>", "[A](<https://e.org/a b>)"),
        ("CO$_{<b>}$ and US$<b>5</b>$", "CO$_{<b>}$ and US$**5**$"),
        ("a\x0bb", "ab"),
        ("```\n::: note\n!!! note\n```\n!!! note\n    A", "```\n::: note\n!!! note\n```\n\n> [!NOTE]\n> A"),
        ("```\n| a |\n\n: cap\n```", "```\n| a |\n\n: cap\n```"),
        ("```\na\n````\n\\(x_1\\)", "```\na\n````\n$x_1$"),
        ("````md\n```\n@a\n```\n````", "````md\n```\n@a\n```\n````"),
        ("- a\n\n    ```\n    \\(x^2\\)\n    ```", "- a\n\n    ```\n    \\(x^2\\)\n    ```"),
        ("> ```\n> @a\n\n@b", "> ```\n> @a\n\n\\@b"),
        (r"``a`\(x^2\)`` \(x^2\)", r"``a`\(x^2\)`` $x^2$"),
        ("::: {.callout-note}\n```\n# code\n```\n:::", "> [!NOTE]\n> ```\n> # code\n> ```"),
        ("!!! note\n    ```\n    # @a\n    ```\nB", "> [!NOTE]\n> ```\n> # @a\n> ```\n\nB"),
        ("````{note}\n```\n# code\n```\nA\n````\nB", "> [!NOTE]\n> ```\n> # code\n> ```\n> A\n\nB"),
        ("```\n===\na\n---\n```", "```\n===\na\n---\n```"),
        ("\\[\nx^2\n\nrest", "\\[\nx^2\n\nrest"),
        ("\\[\nx^2 +\ny\\]\nB", "$$x^2 + y$$\nB"),
        (r"\[a\] and \[b_1\]", r"\[a\] and \[b_1\]"),
        (":::{figure} a.png\nA\n\nB", "A\n\nB"),
        (
            "::: {.callout-note}\na\n::: {.callout-tip}\nb\n:::\nc\n:::\nd",
            "> [!NOTE]\n> a\n>\n> > [!TIP]\n> > b\n>\n> c\n\nd",
        ),
        ("::: {.callout-note}\na\n::: {.foo}\nb\n:::\nc\n:::", "> [!NOTE]\n> a\n>\n> b\n>\n> c"),
        ("!!! note\n    a\n\n    !!! tip\n        b\n\n    c", "> [!NOTE]\n> a\n>\n>\n> > [!TIP]\n> > b\n> >\n>\n> c"),
        ('::: {#nte-x .callout-note title="T"}\na\n:::', "> [!NOTE]\n> **T**\n>\n> a"),
        (":::: {.callout-note}\na\n![C](a.png)\n::::\nB", "> [!NOTE]\n> a\n>\n>\n> ![C](/files/a.png)\n>\n\nB"),
        ("$$\nP[X](t)\n  = <b>\n$$ {#eq-x}\n\n$$\na\n\nb", "$$P[X](t) = <b>$$\n\n$$\na\n\nb"),
        ("!!! Note\n    a", "> [!NOTE]\n> a"),
        ("![C [@doe2001]](a.png){#fig-a}", "![C [@doe2001]](/files/a.png){#fig-a}"),
        ("![C](my photo.png) ![D](<my photo.png>)", "![C](/files/my photo.png)\n\n![D](/files/my photo.png)"),
        ("![The `a` of $x_1$](a.png)", "![The `a` of $x_1$](/files/a.png)"),
        (
            '{{< figure src="a.png" caption="A [link](https://e.org/) there" >}}',
            "![A [link](https://e.org/) there](/files/a.png)",
        ),
        ("$P[X](t)$, $a<b>c$ and $5 [@doe2001] or 6$", "$P[X](t)$, $a<b>c$ and $5 [@doe2001] or 6$"),
        ("> [!NOTE] T\n> A", "> [!NOTE]\n> **T**\n>\n> A"),
        ("> [!note]- T\n> A\n>> [!danger]\n>> B", "> [!NOTE]\n> **T**\n>\n> A\n>> [!CAUTION]\n>> B"),
        (":::{note}\n:class: dropdown\nA\n:::", "> [!NOTE]\n> A"),
        ("```{admonition} T *t*\n---\nclass: tip\n---\nA\n```", "> [!TIP]\n> **T *t***\n>\n> A"),
        (":::{dropdown} **T**\nA\n:::", "> [!NOTE]\n> **T**\n>\n> A"),
        (
            "1. a\n\n   :::{note}\n   A\n   :::\n2. b\n\n    !!! tip\n        C\n\n3. d",
            "1. a\n\n   > [!NOTE]\n   > A\n\n2. b\n\n    > [!TIP]\n    > C\n    >\n\n3. d",
        ),
        ('{{< callout type="note" >}}A{{< /callout >}}', "> [!NOTE]\n> A"),
        (
            "> A\n{: .prompt-tip }\n\n{: .note }\nB\n\nC\n{: .notice--danger}",
            "> [!TIP]\n> A\n\n> [!NOTE]\n> B\n\n> [!CAUTION]\n> C",
        ),
        (
            "```{list-table} P\n:header-rows: 1\n:name: tab-p\n\n* - A\n  - B\n* - c | d\n  - e\n    f\n```\n{numref}`tab-p`",
            "| A | B |\n| --- | --- |\n| c \\| d | e f |\n\n: P {#tbl-p}\n\n@tbl-p",
        ),
        ('```{csv-table}\n:header: a, b\n"x, y", 2\n3\n```', "| a | b |\n| --- | --- |\n| x, y | 2 |\n| 3 |  |"),
        ("```{csv-table}\n" + "x" * 140_000 + ", b\n```", "|  |  |\n| --- | --- |\n| " + "x" * 140_000 + " | b |"),
        (
            ":::{table} C\n:label: tbl-c\n\n| a |\n|---|\n| b |\n:::\n\n[](#tbl-c)",
            "| a |\n|---|\n| b |\n\n: C {#tbl-c}\n\n@tbl-c",
        ),
        ("```{math}\na &= b \\\\\nc &= d\n```", "$$\\begin{aligned}a &= b \\\\ c &= d\\end{aligned}$$"),
        ("$$\nx\n$$ (eq-x)", "$$x$$"),
        ("\\begin{align*}\na &= b\\label{x}\n\\end{align*}", "$$\\begin{aligned}a &= b\\end{aligned}$$"),
        ("\\begin{equation}\nx\n\\end{equation}", "$$x$$"),
        (r"so \[\frac{a}{b}\] and \[so\]", r"so $$\frac{a}{b}$$ and \[so\]"),
        (
            "{math}`x<b>`, H{sub}`2`O, 1{sup}`st`, {del}`a`, {kbd}`@b`, `{sub}`",
            "$x<b>$, H~2~O, 1^st^, ~~a~~, `@b`, `{sub}`",
        ),
        (
            "(sec-a)=\n# A *b*\n\n{ref}`sec-a`, {ref}`this <sec-a>`, [](#sec-a), [c](#d-e)\n\n# D e",
            "## A *b* {#sec-a}\n\n[A *b*](#sec-a), [this](#sec-a), [A *b*](#sec-a), [c](#d-e)\n\n## D e {#d-e}",
        ),
        ("A.^[See [b](#d-e).]\n\n# D e", "A.[^import-1]\n\n## D e {#d-e}\n\n[^import-1]: See [b](#d-e)."),
        ("{cite:p}`{see}doe2001{p. 3}, li2003`", "[see @doe2001, p. 3; @li2003]"),
        ("as {cite:t}`doe2001` and {cite:t}`doe2001,li2003` say", "as @doe2001 and [@doe2001; @li2003] say"),
        ("```{code-block} python\nx = `@a`\n```", "```python\nx = `@a`\n```"),
        (
            "{% highlight ruby linenos %}\n@a\n{% endhighlight %}\n{{< highlight go >}}\n@b\n{{< /highlight >}}",
            "```ruby\n@a\n```\n```go\n@b\n```",
        ),
        ("<!-- @a {{< b >}} -->\n\n<!--\n![c](d.png)\n-->", "<!-- @a {{< b >}} -->\n\n<!--\n![c](d.png)\n-->"),
        ('<img src="a.png" alt="A" width="50%">', "![A](/files/a.png){width=50%}"),
        (
            "<figure class='x'>\n  <img src='a.png' alt='A'>\n  <figcaption>C <em>c</em></figcaption>\n</figure>",
            "![C *c*](/files/a.png)",
        ),
        ("::: {#fig-x}\n![](a.png)\n\nC\nd\n:::\n\n@fig-x", "![C d](/files/a.png){#fig-x}\n\n@fig-x"),
        (
            "![A][p] [B] [c][B] [d]\n\n[p]: a.png 'T'\n[b]: <https://e.org/x>",
            "[B](https://e.org/x) [c](https://e.org/x) [d]\n\n![A](/files/a.png)",
        ),
        (
            "![A]({{ site.baseurl }}/a.png)\n![B]({{ '/b.png' | relative_url }}){: width=\"50%\"}",
            "![A](/files//a.png)\n\n![B](/files//b.png){width=50%}",
        ),
        ("![A](a\\ (b).png) ![B](b.png =100x20)", "![A](/files/a (b).png)\n\n![B](/files/b.png)"),
        ("- [ ] a\n- [x] b\n\n==c== a == b", "- ☐ a\n- ☑ b\n\n**c** a == b"),
        ("{% cite doe2001 li2003 -l 3 --locator 5 %}", "[@doe2001, p. 3; @li2003, p. 5]"),
        ('{% cite "Doe 2001" "12" %}', "[@doe2001, p. 12]"),
        ("{% cite doe2001 --prefix see %}", "[@doe2001]"),
        ("(sec:a)=\n# A\n\n{ref}`sec:a` @sec:a", "## A {#sec-a}\n\n[A](#sec-a) [A](#sec-a)"),
        ("![C](a.png){#fig:x}\n\n@fig:x", "![C](/files/a.png){#fig-x}\n\n@fig-x"),
        (
            ":::{tip} T\n:open:\nA\n:::\n\n:::{tip} and\nso on\n:::",
            "> [!TIP]\n> **T**\n>\n> A\n\n> [!TIP]\n> and\n> so on",
        ),
        ("{% raw %}{{ a }} {% b %}{% endraw %}", "\\{{ a }\\} \\{% b %\\}"),
        ("A{% comment %}\nB\n{% endcomment %}", "A"),
        ("{% accordion '## C' %}\nA\n{% endaccordion %}", "## C {#c}\n\nA"),
        ('{{< details summary="T" >}}\nA\n{{< /details >}}\n{{< tab "U" >}}B{{< /tab >}}', "**T**\n\nA\n\n**U**\n\nB"),
        (
            ":::{figure} a.png\n:alt: Words\n:width: 60%\nC\n:::\n![D](b.png){fig-alt='E'}",
            "![C](/files/a.png){width=60%}\n\n![D](/files/b.png)",
        ),
        ("[see [@doe2001]](#b)\n\n# B", "[see [@doe2001]](#b)\n\n## B {#b}"),
        ("[a [b]](#c)", "a [b]"),
        ('{% cite "doe2001 %}', "[@doe2001]"),
        ('{{< figure\n  src="a.png"\n  caption="C"\n>}}\nA', "![C](/files/a.png)\n\nA"),
        ("![C\nd](a.png){#fig-x\nwidth=50%}\n@fig-x", "![C d](/files/a.png){#fig-x width=50%}\n\n@fig-x"),
        ("> ![C\n> d](a.png)\n> B", ">\n>\n> ![C d](/files/a.png)\n>\n> B"),
        ("A^[One\ntwo [@doe2001;\n@li2003].] B", "A[^import-1] B\n\n[^import-1]: One two [@doe2001; @li2003]."),
        ("\\cite{doe2001,\nli2003} {cite}`doe2001,\nli2003`", "[@doe2001; @li2003] [@doe2001; @li2003]"),
        ("a `b\n@c` [民间\n外交](https://e.org)", "a `b @c` [民间外交](https://e.org)"),
        ("see [0, 1)\n\nA `\n- b]", "see [0, 1)\n\nA `\n- b]"),
        ("<a href='https://e.org'>A\nb</a>", "[A b](https://e.org)"),
    ],
)
def test_a_form_is_written_as_an_atlas_writes_it(written: str, shown: str) -> None:
    assert rewritten(written)[0] == shown


@pytest.mark.parametrize(
    ("written", "shown", "part"),
    [
        ("{{< video x >}}A", "A", "{{< video x >}} was left out"),
        ("{% if x %}A{% endif %}", "A", "{% if x %}"),
        ('a {{< term text="kettle" id="k" >}} boils', "a kettle boils", "only its text was kept"),
        ("{{< note >}}\nA", "A", "{{< note >}} was left out"),
        ("<a href='../works/#li'>Li</a>", "Li", "../works/#li"),
        ("See @sec-b.", "See sec-b.", "sec-b"),
        (
            "See [@sec-b] and ![C](http://e.org/a.png){#fig-b} @fig-b.",
            "See sec-b and  fig-b.",
            "the reference to fig-b",
        ),
        ("<a href='x y'>A</a>", "A", "x y"),
        ("It is `r mean(x)`.", "It is `r mean(x)`.", "would show its result"),
        ("::: {.column}\nA\n:::", "A", "a block of pandoc"),
        ("> [!QUOTE] T\n> A", "> A", "callout"),
        ("{{< note >}}\nA\n\n{{< hint danger >}}\nB\n{{< /hint >}}\nC", "A\n\n> [!CAUTION]\n> B\n\nC", "{{< note >}}"),
        ("::: {.callout-tip}\n# T {#sec-t}\n:::\n@sec-t", "> [!TIP]\n> **T**\n\nsec-t", "the reference to sec-t"),
        ('!!! quote "T"\nA', "A", "admonition"),
        ('{% figure "fig-1" %}\nA', "A", "no _data/figures.yaml was found"),
        ("{: .lead}\nA", "A", "kramdown"),
        ("[TOC]\n\nA", "A", "a command"),
        ("<div>A</div>", "A", "the HTML element div"),
        ("[A]{.smallcaps}", "A", "attributes"),
        ("[A](other.md)", "A", "other.md"),
        ("[[nowhere|A]]", "A", "nowhere"),
        ("[@nokey]", "[@TODO]", "nokey"),
        ("@handle", "\\@handle", "@handle"),
        ("See @fig-one.", "See fig-one.", "fig-one"),
        ("```{sidebar}\nA\n```", "A", "only its text"),
        ("{ref}`sec-b` [](#sec-c)", "sec-b sec-c", "#sec-b"),
        ("{doc}`Words <other>`", "Words", "{doc}`Words <other>`"),
        ("[![A](http://e.org/a.png)](https://e.org)", "", "the link of a picture to “https://e.org”"),
        ('[A](https://e.org){:target="_blank"}', "[A](https://e.org)", '{:target="_blank"}'),
        ("* TOC\n{:toc}\n\nA", "A", "the list of headings"),
        ("```{toctree}\n:maxdepth: 2\na\nb\n```\nA", "A", "{toctree}"),
        ("```{margin} T\n:class: x\nA\n```", "**T**\n\nA", "{margin}"),
        ("% A remark\n\nA", "A", "% A remark"),
        ("(a)=\nA", "A", "the target a"),
        ("```{python}\n#| echo: false\nx\n```", "```python\nx\n```", "#| echo: false"),
        ('[A]({{< ref "b.md" >}}) [C]({% link d.md %})', "A C", "“b.md”"),
        ('{% cite "No One" "12" %}', "[@TODO, p. 12]", "it cites “No One”"),
        ("> A\n{class='b'}\n\n{.c .d}\nB", "> A\n\nB", "attributes of a block"),
        (
            "![C](a.png){#fig-a}\n\n![D](a.png){#fig-a}",
            "![C](/files/a.png){#fig-a}\n\n![D](/files/a.png)",
            "the id fig-a of a figure or table is given twice",
        ),
        ('{{< figure src="a.png" caption="C" attr="Ada" >}}', "![C](/files/a.png)", 'attr="Ada"'),
        (
            ":::{figure}\n:label: fig:g\n![](a.png)\n![](b.png)\n:::",
            "![](/files/a.png)\n\n![](/files/b.png)",
            "{figure}",
        ),
        ("[](./other.md)", "other", "./other.md"),
        (":::{grid} 1 2\nA\n:::", "A", "1 2 of the block {grid}"),
        ("A {% comment %}b{% endcomment %}", "A", "a comment of Liquid"),
        ("```{list-table}\n* - a\n~~~\nx\n~~~\n```", "* - a\n~~~\nx\n~~~", "{list-table}"),
    ],
)
def test_what_has_no_form_is_left_out_and_listed(written: str, shown: str, part: str) -> None:
    body, lost = rewritten(written)
    assert body == shown
    assert part in " ".join(lost)


def test_a_text_with_works_and_a_picture_becomes_a_draft(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy_site("allotments", tmp_path)
    (tmp_path / "essay.qmd").write_text(ESSAY, encoding="utf-8")
    (tmp_path / "refs.bib").write_text(WORKS, encoding="utf-8")
    (tmp_path / "photo.png").write_bytes((SITES / "three/content/files/pier-light.png").read_bytes())
    assert main(["import", str(tmp_path / "essay.qmd"), "--root", str(root), "--json"]) == 0
    reported = json.loads(capsys.readouterr().out)
    assert [row["what"] for row in reported["losses"]] == ["format was left out: html"]
    path = root / "content/cases/my-essay-draft.md"
    text = path.read_text(encoding="utf-8")
    assert 'authors: ["Jo Doe", "Wang, Li"]' in text
    assert "## First part {#first-part}" in text
    assert "@book{doe2001" in (root / "bibliography.bib").read_text(encoding="utf-8")
    label = root / "content/files/my-essay-draft/photo.png.yaml"
    label.write_text(label.read_text(encoding="utf-8").replace("TODO", "Ada"), encoding="utf-8")
    filled = text.replace("[TODO]", "[sunny]").replace("kind: TODO", "kind: quarrel").replace("@TODO", "@doe2001")
    path.write_text(filled.replace("draft: true", "# "), encoding="utf-8")
    assert check(root) == (0, [])


def test_front_matter_of_hugo_and_works_of_the_site_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_site("allotments", tmp_path)
    text = tmp_path / "blog/content/posts/2024-05-01-on-tea.md"
    text.parent.mkdir(parents=True)
    (tmp_path / "blog/hugo.toml").write_text("title = 'A'\n", encoding="utf-8")
    (tmp_path / "blog/refs.bib").write_text(WORKS + WORKS.replace("doe2001", "li2003"), encoding="utf-8")
    matter = '+++\nsummary = "About tea"\nsubtitle = "More"\ndate = 2024-05-01T10:00:00Z\n[[authors]]\nname = "Jo Doe"\nemail = "x"\n+++\n'
    text.write_text(f"{matter}\nTea [@doe2001].\n", encoding="utf-8")
    assert main(["import", str(text), "--root", str(root), "--json"]) == 0
    losses = [row["what"] for row in json.loads(capsys.readouterr().out)["losses"]]
    assert losses == [
        "subtitle was left out: More",
        "date was left out: 2024-05-01 10:00:00+00:00",
        "of the author Jo Doe these were left out: email",
    ]
    written = (root / "content/cases/on-tea.md").read_text(encoding="utf-8")
    assert 'authors: ["Jo Doe"]' in written
    assert 'summary: "About tea [@TODO]"' in written
    bibliography = (root / "bibliography.bib").read_text(encoding="utf-8")
    assert "{doe2001," in bibliography
    assert "{li2003," not in bibliography
    page = text.with_name("index.md")
    page.write_text("Tea\n", encoding="utf-8")
    assert main(["import", str(page), "--root", str(root), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["report"] == "import-posts-index.md.md"
    assert 'title: "posts"' in (root / "content/cases/posts.md").read_text(encoding="utf-8")
    text.write_text("+++\na = \n+++\nTea\n", encoding="utf-8")
    assert main(["import", str(text), "--root", str(root), "--json"]) == 0
    assert "it is no TOML" in json.loads(capsys.readouterr().out)["losses"][0]["what"]


@pytest.mark.parametrize("folder", ["", "static/", "assets/"])
def test_pictures_of_a_site_are_found_in_its_folder(
    folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_site("allotments", tmp_path)
    home = tmp_path / "blog"
    picture = home / folder / "images/kettle.png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes((SITES / "three/content/files/pier-light.png").read_bytes())
    text = home / "content/posts/tea.md"
    text.parent.mkdir(parents=True)
    picture_of_theme = "![A kettle](images/kettle.png){fig-alt='Copper'}"
    text.write_text(
        f'---\ntitle: "On *tea* [2]"\n---\n\n{picture_of_theme}\n![A kettle](/images/kettle.png)\n', encoding="utf-8"
    )
    assert main(["import", str(text), "--root", str(root), "--json"]) == 0
    assert "is not a picture" in capsys.readouterr().out, "nothing says that this is the folder of a site"
    (root / "content/cases/on-tea-2.md").unlink()
    (home / "_config.yml").write_text("title: A blog\n", encoding="utf-8")
    assert main(["import", str(text), "--root", str(root)]) == 0
    assert (root / "content/files/on-tea-2/kettle.png").read_bytes() == picture.read_bytes()
    written = (root / "content/cases/on-tea-2.md").read_text(encoding="utf-8")
    assert 'title: "On *tea* \\\\[2\\\\]"' in written
    assert written.count("(/files/on-tea-2/kettle.png)") == 2
    assert 'alt: {en: "Copper"}' in (root / "content/files/on-tea-2/kettle.png.yaml").read_text(encoding="utf-8")


def test_pictures_of_one_name_become_files_of_their_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy_site("allotments", tmp_path)
    picture = (SITES / "three/content/files/pier-light.png").read_bytes()
    for name in ("a/photo.png", "b/photo.png"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(picture + name.encode())
    (tmp_path / "my pic.png").write_bytes(picture)
    text = "# Walk\n\n![A](a/photo.png)\n\n![B](b/photo.png)\n\n![C](./a/photo.png)\n\n![D](my%20pic.png)\n"
    (tmp_path / "walk.md").write_text(text, encoding="utf-8")
    assert main(["import", str(tmp_path / "walk.md"), "--root", str(root)]) == 0
    files = root / "content/files/walk"
    assert (files / "photo.png").read_bytes().endswith(b"a/photo.png")
    assert (files / "photo-2.png").read_bytes().endswith(b"b/photo.png")
    written = (root / "content/cases/walk.md").read_text(encoding="utf-8")
    assert written.count("/walk/photo.png)") == 2
    assert written.count("/walk/photo-2.png)") == 1
    assert (files / "my-pic.png").read_bytes() == picture


FIGURES = """\
figure_list:
  - {id: fig-1, src: piers/One.png, caption: "The *lamp* [@sprout1999sheds]", credit: Ada, alt: "A lamp"}
  - {id: "2", src: two.png, label: Figure 2}
  - {id: film, media_type: youtube, media_id: x}
"""


@pytest.mark.parametrize(("where", "chapter"), [("", ""), ("content/", ""), ("content/", "content/part/chapters/")])
def test_figures_of_quire_are_found_through_its_list(
    where: str, chapter: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_site("allotments", tmp_path)
    for name in ("piers/One.png", "two.png"):
        path = tmp_path / f"{where}_assets/images/{name}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((SITES / "three/content/files/pier-light.png").read_bytes() + name.encode())
    (tmp_path / f"{where}_data").mkdir()
    (tmp_path / f"{where}_data/figures.yaml").write_text(FIGURES, encoding="utf-8")
    text = (
        "# Walk\n\n{% figure 'fig-1', 'is-pulled-right' %}\nSee @fig-1.\n\n{{< q-figure id=\"2\" >}}\n\n{% figuregroup '2' 'film, 9' %}\n"
        '\n{% figuregroup columns=2, ids=\'10\' %}\n\n{{< q-figure-group grid="2" id="11" >}}\n\n{% figure %}\n'
    )
    walk = tmp_path / chapter / "walk.md"
    walk.parent.mkdir(parents=True, exist_ok=True)
    walk.write_text(text, encoding="utf-8")
    assert main(["import", str(walk), "--root", str(root), "--json"]) == 0
    losses = [row["what"] for row in json.loads(capsys.readouterr().out)["losses"]]
    assert [what.partition(":")[0] for what in losses] == [
        "the credit of fig-1 was left out",
        "the figure film was left out",
        "the figure 9 was left out",
        "the figure 10 was left out",
        "the figure 11 was left out",
        "{% figure %} was left out",
    ]
    assert "names no file for it" in losses[1]
    written = (root / "content/cases/walk.md").read_text(encoding="utf-8")
    assert "![The *lamp* [@sprout1999sheds]](/files/walk/one.png){#fig-1}" in written
    assert "See @fig-1." in written
    assert "![Figure 2](/files/walk/two.png){#fig-2}" in written
    label = (root / "content/files/walk/one.png.yaml").read_text(encoding="utf-8")
    assert 'alt: {en: "A lamp"}' in label
    assert (root / "content/files/walk/one.png").read_bytes().endswith(b"piers/One.png")
    (tmp_path / f"{where}_data/figures.yaml").write_text("figure_list:\n  - {id: a\n", encoding="utf-8")
    assert main(["import", str(walk), "--root", str(root), "--json"]) == 0
    losses = [row["what"] for row in json.loads(capsys.readouterr().out)["losses"]]
    assert "the figure fig-1 was left out: _data/figures.yaml names no file for it" in losses


def test_without_pandoc_and_mammoth_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    data = document()
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setitem(sys.modules, "mammoth", None)
    result = Import()
    assert markdown_of("a.docx", data, result) is None
    [problem] = result.problems
    assert "neither is installed" in problem.message


def test_a_docx_file_that_is_not_whole_is_one_line() -> None:
    result = Import()
    assert markdown_of("a.docx", b"PK\x03\x04", result) is None
    assert [problem.rule.value for problem in result.problems] == ["bad-import"]


def document() -> bytes:
    """A DOCX file, made by pandoc from Markdown."""
    text = "# One\n\nText **bold**.[^1]\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: The note.\n"
    try:
        done = subprocess.run(["pandoc", "-t", "docx", "-o", "-"], input=text.encode(), capture_output=True, check=True)
    except FileNotFoundError:
        pytest.skip("pandoc is not installed")
    return done.stdout


def test_a_docx_file_keeps_headings_tables_and_notes_through_pandoc() -> None:
    text = markdown_of("a.docx", document(), Import())
    assert text
    body, lost = rewritten(text)
    assert "## One {#one}" in body
    assert "**bold**" in body
    assert "[^1]: The note." in body
    assert "| a" in body
    assert lost == []


def test_a_docx_file_keeps_notes_through_mammoth_and_lists_its_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("mammoth")
    data = document()
    monkeypatch.setenv("PATH", "/nowhere")
    result: Any = Import()
    text = markdown_of("a.docx", data, result)
    assert text
    assert "[^1]: The note." in text
    assert "__bold__.[^1]" in text
    assert any("tables" in what for _, what in result.losses)
