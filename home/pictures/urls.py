"""Addresses under /media/."""

from django.urls import re_path

from home.pictures.serving import picture

urlpatterns = [re_path(r"^(?P<folder>images|original_images)/(?P<name>[^/\x00]{1,255})$", picture, name="picture")]
