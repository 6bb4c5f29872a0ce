"""Characters that look like an ASCII one, as a table.

From Unicode's confusables (https://www.unicode.org/Public/security/latest/confusables.txt, Unicode
License v3), those of one character whose compatibility form is no other, with small capitals and
the Cyrillic and Greek letters that pass for Latin ones in most typefaces. Only for looking, never for
output.
"""

from __future__ import annotations

from typing import Final

_ROWS: Final = (
    ('"', "\u201c\u201d\u201e"),
    (
        "'",
        "\u02b9\u02bb\u02bc\u02bd\u02be\u02c8\u02ca\u02cb\u02f4\u055a\u055d\u144a\u16cc\u2018\u2019\u201b\u2032\u2035\ua78c\U00016f51\U00016f52",
    ),
    ("+", "\u16ed\u2795\U0001029b"),
    ("-", "\u02d7\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2796\u2cba\ufe58\ufe63\uff0d"),
    (".", "\xb7\u2022\u2024\u2219\ua4f8\ua60e\U0001d16d"),
    ("/", "\u1735\u2041\u2044\u2215\u2571\u27cb\u29f8\u2cc6\u3033\u30ce\u31d3\u4e3f\U0001d23a"),
    ("2", "\u01a7\u03e8\u14bf\ua644\ua6ef\ua75a"),
    ("3", "\u01b7\u021c\u0417\u04e0\u2ccc\ua76a\ua7ab\U000118ca\U00016f3b\U0001d206"),
    ("4", "\u13ce\U000118af"),
    ("5", "\u01bc\U000118bb"),
    ("6", "\u0431\u13ee\u2cd2\U000118d5"),
    ("7", "\U000104d2\U000118c6\U0001d212"),
    ("8", "\u0222\u0223\u0b03\U0001031a"),
    ("9", "\u2cca\ua76e\U000118ac\U000118cc\U000118d6"),
    (":", "\u02d0\u02f8\u0589\u0903\u0a83\u16ec\u1803\u1809\u205a\u2236\ua4fd\ua789"),
    ("<", "\u2039"),
    (">", "\u203a"),
    ("A", "\u0391\u0410\u13aa\u15c5\ua4ee\U000102a0\U00016f40"),
    ("B", "\u0392\u0412\u13f4\u15f7\ua4d0\ua7b4\U00010282\U000102a1\U00010301"),
    ("C", "\u0421\u13df\u2ca4\ua4da\U000102a2\U00010302\U00010415\U0001051c\U000118f2\U0001f74c"),
    ("D", "\u13a0\u15de\u15ea\ua4d3"),
    ("E", "\u0395\u0415\u13ac\u22ff\u2d39\ua4f0\U00010286\U000118a6\U000118ae"),
    ("F", "\u03dc\u15b4\ua4dd\ua798\U00010287\U000102a5\U00010525\U000118a2\U000118c2\U0001d213"),
    ("G", "\u050c\u13c0\u13f3\ua4d6"),
    ("H", "\u0397\u041d\u13bb\u157c\u2c8e\ua4e7\U000102cf"),
    ("J", "\u037f\u0408\u13ab\u148d\ua4d9\ua7b2"),
    ("K", "\u039a\u041a\u13e6\u16d5\u2c94\ua4d7\U00010518"),
    ("L", "\u13de\u14aa\u2cd0\ua4e1\U0001041b\U00010526\U000118a3\U000118b2\U00016f16\U0001d22a"),
    ("M", "\u039c\u03fa\u041c\u13b7\u15f0\u16d6\u2c98\ua4df\U000102b0\U00010311"),
    ("N", "\u039d\u2c9a\ua4e0\U00010513"),
    (
        "O",
        "\u039f\u041e\u0555\u0b20\u12d0\u2c9e\u2d54\u3007\ua4f3\U00010292\U000102ab\U00010404\U000104c2\U00010516\U000118b5",
    ),
    ("P", "\u03a1\u0420\u13e2\u146d\u2ca2\ua4d1\U00010295"),
    ("Q", "\u2d55"),
    ("R", "\u01a6\u13a1\u13d2\u1587\ua4e3\U000104b4\U00016f35\U0001d216"),
    ("S", "\u0405\u054f\u13d5\u13da\ua4e2\U00010296\U00010420\U00016f3a"),
    (
        "T",
        "\u03a4\u0422\u13a2\u22a4\u27d9\u2ca6\ua4d4\U00010297\U000102b1\U00010315\U000118bc\U00016f0a\U0001f768",
    ),
    ("U", "\u054d\u1200\u144c\u222a\u22c3\ua4f4\U000104ce\U000118b8\U00016f42"),
    ("V", "\u0474\u13d9\u142f\u2d38\ua4e6\ua6df\U0001051d\U000118a0\U00016f08\U0001d20d"),
    ("W", "\u051c\u13b3\u13d4\ua4ea\U000118ef"),
    (
        "X",
        "\u03a7\u0425\u166d\u16b7\u2573\u2cac\u2d5d\ua4eb\ua7b3\U00010290\U000102b4\U00010317\U00010322\U00010527\U000118ec",
    ),
    ("Y", "\u03a5\u0423\u04ae\u13a9\u13bd\u2ca8\ua4ec\U000102b2\U000118a4\U00016f43"),
    ("Z", "\u0396\u13c3\ua4dc\U000102f5\U000118a9"),
    ("a", "\u0251\u03b1\u0430\u1d00\u237a"),
    ("b", "\u0184\u0299\u03b2\u042c\u0432\u13cf\u1472\u15af"),
    ("c", "\u0441\u1d04\u2ca5\uabaf\U0001043d"),
    ("d", "\u0434\u0501\u13e7\u146f\u1d05\u2202\ua4d2"),
    ("e", "\u03b5\u0435\u0451\u04bd\u1d07\u212e\uab32"),
    ("f", "\u0192\u0584\u1e9d\ua730\ua799\uab35"),
    ("g", "\u018d\u0261\u0262\u0581\u1d83"),
    ("h", "\u029c\u043d\u04bb\u0570\u13c2"),
    ("i", "\u0131\u0269\u026a\u03b9\u0456\u13a5\u2373\ua647\uab75\U000118c3"),
    ("j", "\u03f3\u0458\u1d0a"),
    ("k", "\u03ba\u043a\u1d0b"),
    (
        "l",
        "\u0196\u01c0\u029f\u0399\u0406\u04c0\u04cf\u16c1\u2113\u2223\u23fd\u2c92\u2d4f\ua4f2\U0001028a\U00010309\U00010320\U00016f28",
    ),
    ("m", "\u043c\u1d0d"),
    ("n", "\u0274\u03b7\u0578\u057c"),
    (
        "o",
        "\u03bf\u03c3\u043e\u0585\u0c02\u0c82\u0d02\u0d20\u0d82\u101d\u10ff\u1d0f\u1d11\u2c9f\uab3d\U0001042c\U000104ea\U000118c8\U000118d7",
    ),
    ("p", "\u03c1\u0440\u1d18\u2374\u2ca3"),
    ("q", "\u01eb\u051b\u0563\u0566"),
    ("r", "\u0280\u0433\u1d26\u2c85\uab47\uab48\uab81"),
    ("s", "\u01bd\u0455\ua731\uabaa\U00010448\U000118c1"),
    ("t", "\u03c4\u0442\u1d1b"),
    ("u", "\u028b\u03c5\u057d\u1d1c\ua79f\uab4e\uab52\U000104f6\U000118d8"),
    ("v", "\u03bd\u0475\u1d20\u2228\u22c1\uaba9\U00011706\U000118c0"),
    ("w", "\u026f\u03c9\u0461\u051d\u0561\u1d21\uab83\U0001170a\U0001170e\U0001170f"),
    ("x", "\xd7\u03c7\u0445\u1541\u157d\u166e\u292b\u292c\u2a2f"),
    ("y", "\u0263\u028f\u03b3\u0443\u04af\u10e7\u1d8c\u1eff\uab5a\U000118dc"),
    ("z", "\u1d22\uab93\U000118c4"),
)
"""What it looks like, and the characters that do."""

LOOK_ALIKES: Final = {character: plain for plain, characters in _ROWS for character in characters}
"""Character → the ASCII character that it looks like."""
