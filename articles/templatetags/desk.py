"""Template tags and filters of the editor's desk."""

from django import template

from articles.views.link_reasons import reasons_for

register = template.Library()

register.filter("reasons", reasons_for)
