"""What a mention looks like on a page: its title is not glued to its text, and its words stay words."""

from django.template.loader import render_to_string

from pupitre.listening.rules.passages import passages


def test_the_title_stays_apart_from_the_text_and_nothing_becomes_markup():
    text = "La Boulangerie Levain\nOuvre <b>tôt</b> demain."
    shown = render_to_string("listening/passages.html", {"passages": passages(text, [(3, 21)]), "language": "fr"})
    assert "La <mark>Boulangerie Levain</mark><br>Ouvre" in shown
    assert "&lt;b&gt;tôt&lt;/b&gt;" in shown
