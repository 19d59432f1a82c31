"""Every component of the screens, loaded in every template. docs/design.md shows when to use which."""

from django import template

from pupitre.shell.templatetags import controls, signs, words

register = template.Library()
for library in (words.register, signs.register, controls.register):
    register.tags.update(library.tags)
    register.filters.update(library.filters)
