"""The crisis room's addresses."""

from django.urls import path

from pupitre.crisis.web import acts, ending, kept, room, word

urlpatterns = [
    path("crisis/", room.room, name="room"),
    path("crisis/open/", acts.open_crisis, name="open"),
    path("crisis/<int:pk>/", room.case, name="case"),
    path("crisis/<int:pk>/thread/", room.thread, name="thread"),
    path("crisis/<int:pk>/thread.pdf", room.thread_pdf, name="thread_pdf"),
    path("crisis/<int:pk>/decide/", acts.decide, name="decide"),
    path("crisis/<int:pk>/facts/", acts.fact_add, name="fact_add"),
    path("crisis/facts/<int:pk>/settle/", acts.fact_settle, name="fact_settle"),
    path("crisis/<int:pk>/publics/", acts.public_add, name="public_add"),
    path("crisis/publics/<int:pk>/write/", acts.public_write, name="public_write"),
    path("crisis/publics/<int:pk>/tell/", acts.public_tell, name="public_tell"),
    path("crisis/frozen/<int:pk>/release/", acts.release, name="release"),
    path("crisis/<int:pk>/thaw/", acts.thaw, name="thaw"),
    path("crisis/<int:pk>/next/", acts.next_word, name="next_word"),
    path("crisis/<int:pk>/word/", word.word, name="word"),
    path("crisis/<int:pk>/word/write/", word.write, name="word_write"),
    path("crisis/words/<int:pk>/read/", word.read_over, name="word_read"),
    path("crisis/words/<int:pk>/publish/", word.publish, name="word_publish"),
    path("crisis/<int:pk>/kept/", kept.kept, name="kept"),
    path("crisis/<int:pk>/criticisms/", kept.criticism_add, name="criticism_add"),
    path("crisis/criticisms/<int:pk>/settle/", kept.criticism_settle, name="criticism_settle"),
    path("crisis/<int:pk>/evidence/", kept.evidence_keep, name="evidence_keep"),
    path("crisis/<int:pk>/clocks/", kept.clock_start, name="clock_start"),
    path("crisis/clocks/<int:pk>/meet/", kept.clock_meet, name="clock_meet"),
    path("crisis/<int:pk>/end/", ending.ending, name="ending"),
    path("crisis/<int:pk>/quiet/", ending.quiet, name="quiet"),
    path("crisis/<int:pk>/debrief/day/", ending.debrief_day, name="debrief_day"),
    path("crisis/<int:pk>/close/", ending.close, name="close"),
    path("crisis/<int:pk>/debrief/", ending.debrief, name="debrief"),
]
