"""Where the look of a policy is."""

from urllib.parse import urlencode

from django.urls import reverse


def look_address(page_id: int, next_url: str = "") -> str:
    """Return the address of a policy's look; `next_url` is where to go after announcing."""
    query = f"?{urlencode({'next': next_url})}" if next_url else ""
    return f"{reverse('policies_cms:look', args=[page_id])}{query}"
