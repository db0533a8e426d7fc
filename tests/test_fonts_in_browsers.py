"""Latin text on a machine that has fonts for Chinese only."""

from __future__ import annotations

import os
import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import FLAGS, Quiet, serving
from built_sites import Sites

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHINESE = Path("/usr/share/fonts/opentype/noto")
"""Where Debian keeps the Noto fonts for Chinese, Japanese and Korean (fonts-noto-cjk)."""
WIDTHS = """async ({language, marks}) => {
  const line = Object.assign(document.createElement("p"), {lang: language});
  document.body.append(line);
  line.append(marks.join(""));
  await document.fonts.ready;
  const width = text => { line.replaceChildren(Object.assign(document.createElement("span"), {textContent: text}));
    return line.firstChild.getBoundingClientRect().width / parseFloat(getComputedStyle(line).fontSize); };
  return marks.map(mark => [mark, width(`n${mark}n`) - width("nn")]);
}"""
LATIN: dict[str, object] = {"language": "en", "marks": [*"’“”…–«"]}
HAN: dict[str, object] = {"language": "zh-Hans", "marks": [*"’“”"]}


@pytest.mark.skipif(not list(CHINESE.glob("*CJK*")), reason="not installed: fonts-noto-cjk")
def test_marks_in_latin_text_are_narrow_where_only_fonts_for_chinese_are_installed(
    built: Sites, browser: Browser, tmp_path: Path
) -> None:
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(f"<fontconfig><dir>{CHINESE}</dir><cachedir>{tmp_path}</cachedir></fontconfig>", encoding="utf-8")
    environment: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    path = shutil.which("chromium")
    with serving(partial(Quiet, directory=str(built("three").out))) as address:
        only_chinese = browser.browser_type.launch(executable_path=path, args=FLAGS, env=environment)
        page = only_chinese.new_page()
        page.goto(f"{address}/en/")
        latin: dict[str, float] = dict(page.evaluate(WIDTHS, LATIN))
        chinese: dict[str, float] = dict(page.evaluate(WIDTHS, HAN))
        only_chinese.close()
    assert all(width < 0.65 for mark, width in latin.items() if mark != "…"), latin
    assert latin["…"] < 1.01
    assert all(width > 0.9 for width in chinese.values()), chinese
