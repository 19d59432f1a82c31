"""Conversations' addresses."""

from django.urls import path

from pupitre.conversations.web import acts, bulk, causes, hooks, inbox, live, moderation, reading, sorting

urlpatterns = [
    path("conversations/", inbox.inbox, name="inbox"),
    path("conversations/search/", inbox.search, name="search"),
    path("conversations/add/", inbox.add, name="add"),
    path("conversations/bulk/", bulk.bulk, name="bulk"),
    path("conversations/bulk/<int:pk>/undo/", bulk.bulk_undo, name="bulk_undo"),
    path("conversations/rules/", sorting.rules, name="rules"),
    path("conversations/rules/keep/", sorting.inbox_rule, name="inbox_rule"),
    path("conversations/rules/<int:pk>/retire/", sorting.inbox_rule_retire, name="inbox_rule_retire"),
    path("conversations/replies/", sorting.replies, name="replies"),
    path("conversations/replies/keep/", sorting.saved_reply, name="saved_reply"),
    path("conversations/replies/<int:pk>/retire/", sorting.saved_reply_retire, name="saved_reply_retire"),
    path("conversations/moderation/", moderation.moderation, name="moderation"),
    path("conversations/moderation/rules/", moderation.moderation_rule, name="moderation_rule"),
    path("conversations/moderation/usual/", moderation.usual_rules, name="usual_rules"),
    path("conversations/moderation/rules/<int:pk>/retire/", moderation.moderation_retire, name="moderation_retire"),
    path("conversations/moderation/<int:pk>/settle/", moderation.moderation_settle, name="moderation_settle"),
    path("conversations/moderation/<int:pk>/done/", moderation.moderation_done, name="moderation_done"),
    path("conversations/readings/", reading.readers, name="readers"),
    path("conversations/readings/rules/", reading.reading_rule, name="reading_rule"),
    path("conversations/readings/rules/<int:pk>/retire/", reading.reading_rule_retire, name="reading_rule_retire"),
    path("conversations/readings/<int:pk>/settle/", reading.settle_reading, name="settle_reading"),
    path("conversations/<int:pk>/ask-reading/", reading.ask_reading, name="ask_reading"),
    path("conversations/messages/<int:pk>/hide/", moderation.hide, name="hide"),
    path("conversations/causes/<int:pk>/", causes.cause, name="cause"),
    path("conversations/causes/<int:pk>/answer/", causes.answer_cause, name="answer_cause"),
    path("conversations/<int:pk>/", inbox.thread, name="thread"),
    path("conversations/<int:pk>/answer/", acts.answer, name="answer"),
    path("conversations/<int:pk>/advice/", acts.advice, name="advice"),
    path("conversations/<int:pk>/close/", acts.close, name="close"),
    path("conversations/<int:pk>/reopen/", acts.reopen, name="reopen"),
    path("conversations/<int:pk>/claim/", acts.claim, name="claim"),
    path("conversations/<int:pk>/release/", acts.release, name="release"),
    path("conversations/<int:pk>/hand-over/", acts.hand_over, name="hand_over"),
    path("conversations/<int:pk>/accept/", acts.accept, name="accept"),
    path("conversations/<int:pk>/ask-for/", acts.ask_for, name="ask_for"),
    path("conversations/<int:pk>/asking/", acts.settle_asking, name="settle_asking"),
    path("conversations/<int:pk>/live/", live.live, name="live"),
    path("conversations/<int:pk>/typing/", live.typing, name="typing"),
    path("conversations/<int:pk>/pause/", acts.pause, name="pause"),
    path("conversations/<int:pk>/resume/", acts.resume, name="resume"),
    path("conversations/<int:pk>/note/", acts.note, name="note"),
    path("conversations/<int:pk>/correct/", acts.correct, name="correct"),
]
root_patterns = [
    path("moderation/<slug:house>/", moderation.published, name="published_rules"),
    path("hooks/<slug:network>/<str:token>/", hooks.hook, name="hook"),
]
