"""The patterns of code and formulas within a line, which are the same wherever Markdown is read."""

from __future__ import annotations

import re
from typing import Final

CODE_SPAN: Final = r"(?P<ticks>`+)(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`)"
"""Code between as many backticks on both sides."""

_BEHIND_WORDS: Final = r"(?<=[A-Za-z0-9])\$(?=[A-Za-z](?:\\.|[^\s$\\])*\$(?![A-Za-z0-9]))"
_INLINE_START: Final = rf"""
    (?<!\$)(?:
        \$(?=[\^_][A-Za-z0-9{{\\]|\\\S)
      | (?<![A-Za-z0-9])(?<![A-Za-z]-)\$(?=[^\s$])
      | (?<=[A-Za-z]-)\$(?=[A-Za-z])
      | {_BEHIND_WORDS}
    )
"""
_NO_SIGN: Final = r"[^$\\^_={}+<>]"
_PROSE: Final = rf"(?=\d{_NO_SIGN}*\$){_NO_SIGN}*?\s[^\W\d_]{{2,}}"
FORMULA_START: Final = re.compile(rf"(?<![A-Za-z0-9$])\$\$(?=[^$])|{_INLINE_START}", re.VERBOSE)
"""What begins a formula, by the rule of pandoc (User's Guide, "Extension: tex_math_dollars"): `$5 and $6` is none.

Directly behind a letter or digit it is none either, as in `US$`, unless `^`, `_`, a backslash, or a word and a `$`
follow directly: `CO$_2$`, `2$x$`.
"""
PRICES: Final = re.compile(_PROSE)
"""What is behind the `$` of a price, up to the `$` of another: words, and no sign of a formula."""
FORMULA: Final = rf"""
    (?<![A-Za-z0-9$])\$\$(?:\\.|[^$\\\n])+\$\$
  | {_INLINE_START}(?!{_PROSE})(?:\\.|(?!@[A-Za-z0-9])[^$\\\n])+(?<!\s)\$(?!\d)
"""
"""A formula within a line, for patterns with spaces (`re.VERBOSE`)."""
