"""Words in every language: one gettext catalogue per area (`chat`, `console`, `home`) and language, read as they are.

    t = translator("zh")                     # "zh", "zh-CN", "zh_Hans", "en", ...: zh-anything never falls to English
    t("review.title", name="洪某")           # msgids are names, never English sentences: Chinese is written first
    t.n("question.left", 3)                  # plurals; also t.date(d), t.money(Decimal), t.number(n)

The catalogues are `locales/<zh_Hans|en>/LC_MESSAGES/<area>.po`; all areas of a language are merged. Placeholders are
named, `%(name)s`, and are put in after translation, never by `str.format` on words somebody typed.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal

FOLDER = Path(__file__).parent
LANGUAGES: Mapping[str, str] = {"zh": "zh_Hans", "en": "en"}  # first is offered first
OWN_NAMES: Mapping[str, str] = {"zh": "中文", "en": "English"}
DEFAULT = "zh"


def language_of(tag: str | None) -> str | None:
    """The language of ours that a browser's or Telegram's tag means, or None when it means none of ours.

    >>> language_of("zh-TW"), language_of("en_GB"), language_of("fr"), language_of(None)
    ('zh', 'en', None, None)
    """
    if not tag:
        return None
    try:
        found = Locale.parse(tag.replace("_", "-"), sep="-", resolve_likely_subtags=True).language
    except (ValueError, UnknownLocaleError):
        found = tag.replace("_", "-").split("-")[0].lower()
    return found if found in LANGUAGES else None


def text(words: Mapping[str, str], lang: str) -> str:
    """The catalogue's own words in `lang`, else in the default language, else in whichever there is."""
    return words.get(lang) or words.get(DEFAULT) or next(iter(words.values()), "")


class Translator:
    """Words, plurals, dates and amounts in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.locale = Locale.parse(LANGUAGES[lang])
        self._catalogue = _load(lang)

    def __call__(self, key: str, /, **values: object) -> str:
        """The words for `key`; a key without words is shown as it is (tests fail on it)."""
        words = self._catalogue.gettext(key)
        return words % values if values else words

    def n(self, key: str, count: int, /, **values: object) -> str:
        """The words for `key` in the plural form of `count`, which is also the value `%(count)s`."""
        return self._catalogue.ngettext(key, key, count) % {"count": count, **values}

    def has(self, key: str) -> bool:
        """Whether there are words for `key`."""
        return self._catalogue.gettext(key) != key

    def date(self, day: date) -> str:
        """A day, the way people write it."""
        return format_date(day, "long", locale=self.locale)

    def moment(self, at: datetime) -> str:
        """A moment, the way people write it; `at` is already in the reader's time zone."""
        return format_datetime(at, "medium", locale=self.locale)

    def money(self, yuan: Decimal | int) -> str:
        """An amount of yuan, without decimals when there are none."""
        whole = yuan == int(yuan)
        if self.lang == "zh":
            return format_decimal(yuan, "#,##0" if whole else "#,##0.00", locale=self.locale) + "元"
        return format_currency(
            yuan, "CNY", "¤#,##0" if whole else "¤#,##0.00", locale=self.locale, currency_digits=False
        )

    def number(self, value: Decimal | int) -> str:
        """A number, grouped."""
        return format_decimal(value, locale=self.locale)


@cache
def _load(lang: str) -> gettext.GNUTranslations:
    """All areas of a language merged; compiled in memory, so that no build step can be forgotten."""
    merged: gettext.GNUTranslations | None = None
    for path in sorted((FOLDER / LANGUAGES[lang] / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=LANGUAGES[lang], domain=path.stem, abort_invalid=True)
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        area = gettext.GNUTranslations(compiled)
        if merged is None:
            merged = area
        else:
            merged._catalog.update(area._catalog)  # type: ignore[attr-defined]
    return merged or gettext.GNUTranslations()


@cache
def translator(lang: str | None) -> Translator:
    """The translator for a language tag; unknown and missing tags get the default, Chinese."""
    return Translator(language_of(lang) or DEFAULT)
