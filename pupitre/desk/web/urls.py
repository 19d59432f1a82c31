"""The desk's addresses; the front door and the set-up stand outside any organisation."""

from django.urls import path

from pupitre.desk.web import account, front, home, members, settings, waits

urlpatterns = [
    path("", home.home, name="home"),
    path("conversations/waits/", waits.waits, name="waits"),
    path("posture/", home.posture, name="posture"),
    path("tasks/add/", home.add_task, name="task_add"),
    path("tasks/<int:pk>/done/", home.close_task, name="task_close"),
    path("settings/", settings.organisation, name="settings"),
    path("settings/members/", members.members, name="members"),
    path("settings/members/add/", members.add, name="member_add"),
    path("settings/members/<int:pk>/", members.change, name="member_change"),
    path("settings/members/<int:pk>/conduct/", members.appoint, name="member_appoint"),
    path("settings/journal/", settings.journal, name="journal"),
    path("settings/account/", account.comfort, name="account"),
    path("settings/account/keys/", account.make_key, name="token_make"),
    path("settings/account/keys/<int:pk>/revoke/", account.revoke_key, name="token_revoke"),
]

root_patterns = [
    path("", front.door, name="front"),
    path("setup/", front.set_up, name="set_up"),
]
