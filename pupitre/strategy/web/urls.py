"""The strategy, step by step, and its decision file."""

from django.urls import path

from pupitre.strategy.web import (
    channels,
    document,
    floors,
    invitations,
    invited,
    operations,
    peers,
    plan,
    publics,
    reasons,
    site,
    voices,
    why,
)  # fmt: skip

urlpatterns = [
    path("strategy/", why.start, name="start"),
    path("strategy/why/", why.why, name="why"),
    path("strategy/why/new/", why.new, name="new_objective"),
    path("strategy/why/<int:pk>/", why.objective, name="objective"),
    path("strategy/reasons/", reasons.page, name="reasons"),
    path("strategy/voices/", voices.voices, name="voices"),
    path("strategy/voices/<int:pk>/", voices.voice, name="voice"),
    path("strategy/voices/<int:pk>/retire/", voices.retire, name="voice_retire"),
    path("strategy/floor/", floors.floor, name="floor"),
    path("strategy/floor/<int:pk>/", floors.line, name="floor_line"),
    path("strategy/floor/<int:pk>/take-back/", floors.take_back, name="floor_take_back"),
    path("strategy/problem/", plan.problem, name="problem"),
    path("strategy/problem/repair-image/", plan.repair_image, name="repair_image"),
    path("strategy/publics/", plan.publics, name="publics"),
    path("strategy/publics/<int:pk>/", publics.page, name="public"),
    path("strategy/publics/<int:pk>/remove/", plan.remove_public, name="remove_public"),
    path("strategy/message/", plan.message, name="message"),
    path("strategy/means/", plan.means, name="means"),
    path("strategy/site/", site.page, name="site"),
    path("strategy/relations/", plan.relations, name="relations"),
    path("strategy/findings/", plan.findings, name="findings"),
    path("strategy/heard/", plan.heard, name="heard"),
    path("strategy/heard/<int:pk>/forget/", invitations.forget, name="remove_hearing"),
    path("strategy/invitations/", invitations.page, name="invitations"),
    path("strategy/invitations/<int:pk>/revoke/", invitations.revoke, name="revoke_invitation"),
    path("strategy/peers/", peers.page, name="peers"),
    path("strategy/peers/<int:pk>/remove/", peers.remove, name="remove_peer"),
    path("strategy/operations/", operations.operations, name="operations"),
    path("strategy/operations/<int:pk>/", operations.operation, name="operation"),
    path("strategy/operations/<int:pk>/close/", operations.close, name="close_operation"),
    path("strategy/steps/<int:pk>/", operations.step, name="step"),
    path("strategy/steps/<int:pk>/done/", operations.finish, name="finish_step"),
    path("strategy/steps/<int:pk>/remove/", operations.remove, name="remove_step"),
    path("strategy/channels/", channels.channels, name="channels"),
    path("strategy/channels/what-if/", channels.what_if, name="what_if"),
    path("strategy/channels/override/", channels.override, name="override"),
    path("strategy/sign/", channels.sign, name="sign"),
    path("strategy/file/", document.page, name="file"),
    path("strategy/file/take-in/", document.take_in, name="take_in"),
    path("strategy/file.pdf", document.pdf, name="pdf"),
    path("strategy/file.yaml", document.export, name="export"),
]

# Without an account: the address itself is the key.
root_patterns = [
    path("invited/<str:token>/", invited.invited, name="invited"),
    path("invited/<str:token>/file.pdf", invited.invited_file, name="invited_file"),
]
