r"""Decodes LaTeX in the text fields of a bibliography to Unicode text with a few marks.

Accents, symbols, dashes and quotation marks become characters. `{…}`, which protects a title's
capitals, and `\emph`, `\textsuperscript`, `\textsubscript` and `\enquote` become pairs of private-use
characters, which the caller converts to markup or removes with `plain`.
"""

from __future__ import annotations

import re
import unicodedata

from atlas.core.limits import LATEX_DEPTH
from atlas.core.private_use import ITALIC, LATEX_MARKS, LOWERED, PROTECTED, QUOTED, RAISED
from atlas.core.scripts import FULL_WIDTH, HAN

_ANY_MARK = re.compile(f"[{LATEX_MARKS}]")
_PLAIN_QUOTES = {ord(QUOTED.begin): "“", ord(QUOTED.end): "”"}
_SPECIAL = re.compile(rf"[\\{{}}$~\n\t{LATEX_MARKS}]|--|``|''|  ")
_TOKEN = re.compile(r"\\(?P<word>[A-Za-z]+)[ \t\n]*|\\(?P<sign>[^A-Za-z])|(?P<mark>[{}$~]|---?|``|'')")
_BRACE = re.compile(r"(?<!\\)[{}]")
_COMMANDS = re.compile(rf"(?:\\(?:[A-Za-z]+[ \t\n]*|[^A-Za-z])\{{?){{{LATEX_DEPTH},}}")
_SPACES = re.compile(r"[^\S ]\s*| \s+")
"""Spaces that are not one space already."""
_WIDE = HAN + FULL_WIDTH
_LINE_IN_HAN = re.compile(rf"(?<=[{_WIDE}])[ \t]*\n\s*(?=[{_WIDE}])")
_MARK_TEXT = {"~": "\u00a0", "--": "–", "---": "—", "``": "“", "''": "”", "$": "", "}": ""}


def _words(text: str) -> list[str]:
    return text.split()


_ACCENTS = {
    **dict(zip("`'^\"~=.", "\u0300\u0301\u0302\u0308\u0303\u0304\u0307", strict=True)),
    **dict(zip("uvHcdbkrt", "\u0306\u030c\u030b\u0327\u0323\u0331\u0328\u030a\u0361", strict=True)),
    "textcommabelow": "\u0326",
    "textogonekcentered": "\u0328",
    "textcommaabove": "\u0313",
}
_SYMBOLS = dict(
    pair.split("=")
    for pair in _words(
        "ss=ß SS=ẞ ae=æ AE=Æ oe=œ OE=Œ aa=å AA=Å l=ł L=Ł o=ø O=Ø i=ı j=ȷ dh=ð DH=Ð th=þ TH=Þ dj=đ DJ=Đ ng=ŋ NG=Ŋ "
        "textendash=– textemdash=— textquoteleft=‘ textquoteright=’ textquotedblleft=“ textquotedblright=” lq=‘ "
        "rq=’ guillemotleft=« guillemotright=» guillemetleft=« guillemetright=» guilsinglleft=‹ guilsinglright=› "
        'quotesinglbase=‚ quotedblbase=„ glqq=„ grqq=“ textquotedbl=" ldots=… dots=… textellipsis=… cdots=⋯ S=§ P=¶ '
        "textsection=§ textparagraph=¶ copyright=© textcopyright=© textregistered=® texttrademark=™ pounds=£ "
        "textsterling=£ euro=€ texteuro=€ textyen=¥ textcent=¢ textdegree=° degree=° textbullet=• bullet=• "
        "textasciitilde=~ textasciicircum=^ textbackslash=\\ textbar=| textless=< textgreater=> textunderscore=_ "
        "textdollar=$ textpercent=% textampersand=& textonehalf=½ textordfeminine=ª textordmasculine=º "
        "textexclamdown=¡ textquestiondown=¿ textnumero=№ no=nº times=× pm=± div=÷ cdot=· leq=≤ geq=≥ neq=≠ approx=≈ "
        "infty=∞ to=→ rightarrow=→ textrightarrow=→ leftarrow=← alpha=α beta=β gamma=γ delta=δ epsilon=ε lambda=λ "
        "mu=μ pi=π sigma=σ tau=τ phi=φ chi=χ psi=ψ omega=ω Delta=Δ Sigma=Σ Omega=Ω LaTeX=LaTeX TeX=TeX BibTeX=BibTeX "
        "hyphen=- slash=/ lbrace={ rbrace=} textbraceleft={ textbraceright=} autocap= "
        "textmu=µ textpm=± texttimes=× textdiv=÷ textperiodcentered=· textregistered=® textservicemark=℠ "
        "textonequarter=¼ textthreequarters=¾ textonesuperior=¹ texttwosuperior=² textthreesuperior=³ textohm=Ω "
        "textcelsius=℃ textlangle=⟨ textrangle=⟩ textbigcircle=○ textdagger=† textdaggerdbl=‡ dag=† ddag=‡ "
        "textasteriskcentered=∗ textbardbl=‖ textlbrackdbl=⟦ textrbrackdbl=⟧ textquotesingle=' textasciigrave=` "
        "textasciiacute=´ textasciidieresis=¨ textasciimacron=¯ textminus=− textfractionsolidus=⁄ textperthousand=‰ "
        "textleftarrow=← textuparrow=↑ textdownarrow=↓ textmusicalnote=♪ textestimated=℮ textrecipe=℞ "
        "circ=° prime=′ langle=⟨ rangle=⟩ sim=∼ simeq=≃ equiv=≡ propto=∝ ll=≪ gg=≫ le=≤ ge=≥ ne=≠ mp=∓ ast=∗ star=⋆ "
        "ell=ℓ hbar=ℏ partial=∂ nabla=∇ sum=∑ prod=∏ int=∫ in=∈ notin=∉ subset=⊂ cup=∪ cap=∩ forall=∀ exists=∃ "
        "odot=⊙ oplus=⊕ otimes=⊗ perp=⊥ parallel=∥ mid=∣ vert=| Vert=‖ lbrack=[ rbrack=] leftrightarrow=↔ Rightarrow=⇒ "
        "Leftarrow=⇐ mapsto=↦ uparrow=↑ downarrow=↓ lesssim=≲ gtrsim=≳ sun=☉ "
        "zeta=ζ eta=η theta=θ iota=ι kappa=κ nu=ν xi=ξ rho=ρ upsilon=υ varepsilon=ε vartheta=ϑ varphi=φ varrho=ϱ "
        "varsigma=ς Gamma=Γ Theta=Θ Lambda=Λ Xi=Ξ Pi=Π Upsilon=Υ Phi=Φ Psi=Ψ log=log ln=ln sin=sin cos=cos min=min "
        "max=max left= right= big= Big= null= empty= adddot=. addcomma=, addcolon=: addspace= pno=p. ppno=pp. "
        "nobreakdash= nobreak= leavevmode= unskip= ignorespaces= displaystyle= textstyle= limits= "
        "ier=er iere=re relax= protect= noopsort= "
        "upshape= itshape= em= it= bf= sc= rm= tt= sl= sf= bfseries= scshape= normalfont= small= allowbreak= par="
    )
)
# The journals of the Astrophysics Data System, which writes them as commands (AAS macros).
_JOURNALS = {
    "aap": "Astronomy and Astrophysics",
    "aaps": "Astronomy and Astrophysics Supplement",
    "aj": "Astronomical Journal",
    "ao": "Applied Optics",
    "apj": "Astrophysical Journal",
    "apjl": "Astrophysical Journal Letters",
    "apjs": "Astrophysical Journal Supplement",
    "apss": "Astrophysics and Space Science",
    "araa": "Annual Review of Astronomy and Astrophysics",
    "baas": "Bulletin of the American Astronomical Society",
    "gca": "Geochimica et Cosmochimica Acta",
    "grl": "Geophysical Research Letters",
    "icarus": "Icarus",
    "jcap": "Journal of Cosmology and Astroparticle Physics",
    "jgr": "Journal of Geophysical Research",
    "mnras": "Monthly Notices of the Royal Astronomical Society",
    "nat": "Nature",
    "nar": "New Astronomy Reviews",
    "na": "New Astronomy",
    "pasa": "Publications of the Astronomical Society of Australia",
    "pasj": "Publications of the Astronomical Society of Japan",
    "pasp": "Publications of the Astronomical Society of the Pacific",
    "physrep": "Physics Reports",
    "planss": "Planetary and Space Science",
    "pra": "Physical Review A",
    "prb": "Physical Review B",
    "prc": "Physical Review C",
    "prd": "Physical Review D",
    "pre": "Physical Review E",
    "prl": "Physical Review Letters",
    "procspie": "Proceedings of the SPIE",
    "rmxaa": "Revista Mexicana de Astronomía y Astrofísica",
    "solphys": "Solar Physics",
    "ssr": "Space Science Reviews",
}
_SYMBOLS |= _JOURNALS
_SIGNS = {" ": " ", "\n": " ", ",": "\u2009", ";": "\u2009", "!": "", "/": "", "-": "\u00ad", "\\": " ", "@": ""}
_SIGNS |= {character: character for character in "&%$#_{}|()[]*+:?<>"}
_WRAPPERS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(
        _words("emph textit mkbibemph textsl mkbibitalic"), (ITALIC[0] + PROTECTED[0], PROTECTED[1] + ITALIC[1])
    ),
    **dict.fromkeys(_words("textsuperscript mkbibsuperscript up"), RAISED),
    **dict.fromkeys(_words("textsubscript mkbibsubscript"), LOWERED),
    **dict.fromkeys(_words("enquote mkbibquote"), QUOTED),
    "ensuremath": PROTECTED,
    "mkbibparens": ("(", ")"),
    "mkbibbrackets": ("[", "]"),
    **dict.fromkeys(
        _words(
            "textbf textsc textrm texttt textsf textup textnormal text mbox hbox mkbibbold mkbibacro mathrm mathit "
            "mathbf mathsf mathtt mathcal mathbb mathfrak mathnormal operatorname boldsymbol bm overline "
            "url path nolinkurl uppercase MakeUppercase lowercase MakeLowercase underline textmd textcyr "
            "textgreek nohyphens"
        ),
        ("", ""),
    ),
}
# The strings of biblatex (manual, 4.9.2) that entries name: `\bibstring{reviewof}`.
_BIBSTRINGS = {
    "reviewof": "review of",
    "by": "by",
    "and": "and",
    "in": "in",
    "pseudonym": "pseud.",
    "nodate": "n.d.",
    "forthcoming": "forthcoming",
    "inpress": "in press",
    "revisededition": "rev. ed.",
    "newseries": "n.s.",
    "oldseries": "o.s.",
    "edition": "ed.",
    "volume": "vol.",
    "volumes": "vols.",
    "number": "no.",
    "numbers": "nos.",
    "part": "pt.",
    "chapter": "chap.",
    "page": "p.",
    "pages": "pp.",
    "editor": "ed.",
    "translator": "trans.",
    "phdthesis": "PhD diss.",
}
_DROPPED = frozenset(_words("noopsort printfirst SortNoop foreignlanguage selectlanguage textlang hspace vspace"))
_SYMBOLS |= {"og": "«\u00a0", "fg": "\u00a0»", "quad": "\u2003", "qquad": "\u2003"}
_SUBSCRIPTS = {"^": RAISED, "_": LOWERED}


def is_too_deep(value: str) -> bool:
    """Return whether groups or commands are nested more deeply than `decode` follows."""
    if value.count("{") + value.count("\\") <= LATEX_DEPTH:
        return False
    depth = deepest = 0
    for found in _BRACE.finditer(value):
        depth = max(depth + (1 if found[0] == "{" else -1), 0)
        deepest = max(deepest, depth)
    return deepest > LATEX_DEPTH or bool(_COMMANDS.search(value))


def decode(value: str, unknown: list[str] | None = None) -> str:
    """Convert LaTeX to text in Unicode's composed form, with spaces collapsed.

    Args:
        value: the LaTeX.
        unknown: a list to which the names of unknown commands are added; their arguments are kept as text.
    """
    if not _SPECIAL.search(value):
        text = value.strip()
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    text = value if value.isascii() else _ANY_MARK.sub("", _LINE_IN_HAN.sub("", value))
    if "\\" in text or "{" in text or "$" in text or _TOKEN.search(text):
        text = _Decoder(text, [] if unknown is None else unknown).group()[0]
    text = _SPACES.sub(_space, text).strip()
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def verbatim(value: str) -> str:
    r"""Decode an address or number, in which only a backslash or braces before a sign are LaTeX: `a\_b`, `a{\%}b`."""
    if "\\" not in value and "{" not in value:
        return value.strip()
    bare = re.sub(r"^\\url\{(.*)\}$", r"\1", value.strip(), flags=re.DOTALL)
    return re.sub(r"\{\\([_%&#~$])\}|\\([_%&#~$])|[{}]", r"\1\2", bare).replace("\\textasciitilde", "~")


def plain(text: str) -> str:
    """Return decoded text without its marks."""
    if not _ANY_MARK.search(text):
        return text
    return _ANY_MARK.sub("", text.translate(_PLAIN_QUOTES))


def _space(found: re.Match[str]) -> str:
    """Return one space for several; no-break and other special spaces are kept."""
    return "\u00a0" if "\u00a0" in found[0] else found[0] if found[0] in "\u2003\u2009\u3000\u202f" else " "


class _Decoder:
    """A decoder of one value, from left to right."""

    def __init__(self, text: str, unknown: list[str]) -> None:
        self.text = text
        self.unknown = unknown
        self.position = 0
        self.math = False
        self.depth = 0

    def group(self) -> tuple[str, bool]:
        """Return the text up to the brace that closes this group, and whether the group begins with a command."""
        out: list[str] = []
        begins_with_command = self.text.startswith("\\", self.position)
        self.depth += 1
        while found := _TOKEN.search(self.text, self.position):
            out.append(self.raised(self.text[self.position : found.start()]))
            self.position = found.end()
            if found["mark"] == "}" and self.depth > 1:
                break
            out.append(self.token(found))
        else:
            out.append(self.text[self.position :])
            self.position = len(self.text)
        self.depth -= 1
        return "".join(out), begins_with_command

    def token(self, found: re.Match[str]) -> str:
        if found["word"]:
            return self.word(found["word"])
        if found["sign"]:
            sign = found["sign"]
            return self.accented(_ACCENTS[sign]) if sign in _ACCENTS else _SIGNS.get(sign, sign)
        if found["mark"] == "{":
            return self.protected()
        if found["mark"] == "$":
            self.math = not self.math
            return PROTECTED.begin if self.math else PROTECTED.end
        return _MARK_TEXT[found["mark"]]

    def protected(self) -> str:
        if self.depth > LATEX_DEPTH:
            return ""
        text, is_special = self.group()
        if is_special or self.math or not text or PROTECTED.begin in text:
            return text
        return f"{PROTECTED.begin}{text}{PROTECTED.end}"

    def word(self, name: str) -> str:
        if name in _WRAPPERS:
            begin, end = _WRAPPERS[name]
            return f"{begin}{_inner(self.argument())}{end}"
        if name in _ACCENTS:
            return self.accented(_ACCENTS[name])
        if name == "href":
            self.argument()
            return _inner(self.argument())
        if name in _DROPPED:
            self.argument()
            return ""
        if name in ("bibstring", "bibcpstring", "bibsstring", "biblstring"):
            return self.bibstring()
        if name in _SYMBOLS:
            return self.symbol(name)
        self.unknown.append(name)
        return _inner(self.argument()) if self.text.startswith("{", self.position) else ""

    def bibstring(self) -> str:
        r"""Return a string of biblatex by its key; an unknown key is reported."""
        key = plain(self.argument()).strip()
        if key not in _BIBSTRINGS:
            self.unknown.append(f"bibstring{{{key}}}")
        return _BIBSTRINGS.get(key, "")

    def symbol(self, name: str) -> str:
        r"""Return a symbol; the space after it belongs to the command, unless braces end it: `\ss{}`."""
        if self.text.startswith("{}", self.position):
            self.position += 2
        return _SYMBOLS[name]

    def argument(self) -> str:
        """Return the argument of a command: a group, a command or one character."""
        if self.position >= len(self.text):
            return ""
        if self.text[self.position] == "{":
            self.position += 1
            return self.group()[0] if self.depth <= LATEX_DEPTH else ""
        found = _TOKEN.match(self.text, self.position)
        if found and not found["mark"] and self.depth <= LATEX_DEPTH:
            self.position = found.end()
            self.depth += 1
            text = self.token(found)
            self.depth -= 1
            return text
        self.position += 1
        return self.text[self.position - 1]

    def accented(self, accent: str) -> str:
        while self.text.startswith(" ", self.position):
            self.position += 1
        base = _inner(self.argument()).strip().replace("ı", "i").replace("ȷ", "j")
        return base[:1] + accent + base[1:] if base else ""

    def raised(self, text: str) -> str:
        """Mark `^2` and `_2` in mathematics as raised and lowered."""
        if not self.math:
            return text
        return re.sub(r"([\^_])(\w)", lambda found: found[2].join(_SUBSCRIPTS[found[1]]), text)


def _inner(text: str) -> str:
    """Return a text without the protection that encloses all of it."""
    if text.startswith(PROTECTED.begin) and text.find(PROTECTED.end) == len(text) - 1:
        return text[1:-1]
    return text
