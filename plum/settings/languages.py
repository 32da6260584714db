"""The site's one language, and where the catalogues of translated words are: translations/."""

from django.utils.translation import get_language_info, to_locale

from accounts.values.countries import united_kingdom as country
from plum.settings.environment import BASE_DIR, read
from plum.settings.shapes import Wrong

LOCALE_PATHS = [BASE_DIR / "translations"]


def language(code: str) -> str:
    """Return the code of a language that the site can speak: the country's own, or one with a catalogue of ours."""
    get_language_info(code)
    catalogue = LOCALE_PATHS[0] / to_locale(code) / "LC_MESSAGES" / "django.mo"
    if code != country.LANGUAGE and not catalogue.exists():
        raise Wrong(f"is {code}, but there is no {catalogue.relative_to(BASE_DIR)}")
    return code


LANGUAGE_CODE = read("LANGUAGE_CODE", language, "en-gb, or cy if translations/cy holds its catalogue", country.LANGUAGE)
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [(LANGUAGE_CODE, get_language_info(LANGUAGE_CODE)["name_local"])]
USE_I18N = True
FORMAT_MODULE_PATH = [country.FORMATS]
