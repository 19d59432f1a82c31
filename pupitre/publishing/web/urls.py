"""The outbox's addresses."""

from django.urls import path

from pupitre.publishing.web import acts, outbox

urlpatterns = [
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:pk>/", outbox.delivery, name="delivery"),
    path("outbox/<int:pk>/hold/", acts.hold, name="hold"),
    path("outbox/<int:pk>/release/", acts.release, name="release"),
    path("outbox/<int:pk>/cancel/", acts.cancel, name="cancel"),
    path("outbox/<int:pk>/reschedule/", acts.reschedule, name="reschedule"),
    path("outbox/<int:pk>/late-rule/", acts.late_rule, name="late_rule"),
    path("outbox/<int:pk>/it-is-out/", acts.it_is_out, name="it_is_out"),
    path("outbox/<int:pk>/send-again/", acts.send_again, name="send_again"),
]
