"""The languages: those of the organization, those that are translated, and those that a site offers."""

from environ import Env

from config.environment import wrong

# The official languages in their fixed order, each by its name in itself.
OFFICIAL = [
    ("ar", "العربية"),
    ("zh-hans", "中文"),
    ("en", "English"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("es", "Español"),
]
# Those whose catalogue is complete, which `script/messages --check` sees to: offered if a site says nothing else.
TRANSLATED = ["ar", "zh-hans", "en", "fr", "ru", "es"]


def offered(env: Env) -> list[str]:
    """The codes of the languages that this site offers, in their fixed order. Raises `ImproperlyConfigured`.

    English is always one: what has no text in another language is shown in it.
    """
    wanted = env.list("SITE_LANGUAGES", default=[]) or TRANSLATED
    codes = [code for code, _name in OFFICIAL]
    if unknown := sorted({*wanted} - {*codes}):
        raise wrong("SITE_LANGUAGES", f"names {', '.join(unknown)}, which is none of {', '.join(codes)}")
    if "en" not in wanted:
        raise wrong("SITE_LANGUAGES", "lacks en, in which is shown what has no text in another language")
    return [code for code in codes if code in wanted]
