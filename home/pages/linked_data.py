"""Who runs the site, for search engines (https://schema.org/Organization); e-mail addresses are kept from them."""

from django.conf import settings

from accounts.values.organisation import Organisation


def linked_data(known: Organisation) -> dict[str, object]:
    """Return what is known; what is not is left out."""
    found = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": f"{settings.SITE_URL}/#organisation",
        "url": f"{settings.SITE_URL}/",
        "name": known.name,
        "legalName": known.legal_name,
        "address": ", ".join(known.address_lines),
        "telephone": known.phone,
        "logo": settings.SITE_URL + known.logo.url if known.logo else "",
    }
    return {name: value for name, value in found.items() if value}
