"""`{% file_url door file %}`: the address of a file, behind the door by which the person came."""

from django import template

from accounts.rights.models import File
from accounts.rights.person.doors import Door

register = template.Library()


@register.simple_tag
def file_url(door: Door, file: File) -> str:
    return door.url("file", file.pk)
