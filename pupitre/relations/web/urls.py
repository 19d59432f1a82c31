"""Relations' addresses."""

from django.urls import path

from pupitre.relations.web import book, experts, hers, hubs, introductions, people, rights

urlpatterns = [
    path("relations/", introductions.introductions, name="introductions"),
    path("relations/seek/", introductions.seek, name="seek"),
    path("relations/searches/<int:pk>/", introductions.search, name="search"),
    path("relations/searches/<int:pk>/request/", introductions.request_, name="request"),
    path("relations/requests/<int:pk>/answer/", introductions.answer, name="answer"),
    path("relations/requests/<int:pk>/take-back/", introductions.take_back, name="take_back"),
    path("relations/requests/<int:pk>/report/", introductions.report, name="report"),
    path("relations/blind/", introductions.ask_blind, name="ask_blind"),
    path("relations/blind/<int:pk>/volunteer/", introductions.volunteer, name="volunteer"),
    path("relations/people/", people.people, name="people"),
    path("relations/people/add/", people.add, name="add"),
    path("relations/people/<int:pk>/", people.person, name="person"),
    path("relations/people/<int:pk>/describe/", people.describe, name="describe"),
    path("relations/people/<int:pk>/agree/", people.agree, name="agree"),
    path("relations/people/<int:pk>/tie/", people.tie, name="tie"),
    path("relations/agreements/<int:pk>/withdraw/", people.withdraw, name="withdraw"),
    path("relations/people/<int:pk>/rights/", rights.rights, name="rights"),
    path("relations/people/<int:pk>/told.json", rights.told_json, name="told_json"),
    path("relations/people/<int:pk>/told.pdf", rights.told_pdf, name="told_pdf"),
    path("relations/people/<int:pk>/object/", rights.object_to, name="object"),
    path("relations/people/<int:pk>/erase/", rights.erase, name="erase"),
    path("relations/register/", rights.register, name="register"),
    path("relations/book/", book.book, name="book"),
    path("relations/book/preview/", book.preview, name="preview"),
    path("relations/book/take-in/", book.take_in, name="take_in"),
    path("relations/book/lend/", book.lend, name="lend"),
    path("relations/book/<int:pk>/share/", book.share, name="share"),
    path("relations/book/<int:pk>/drop/", book.drop, name="drop"),
    path("relations/groups/", hubs.groups, name="groups"),
    path("relations/groups/add/", hubs.add, name="group_add"),
    path("relations/groups/<int:pk>/", hubs.group, name="group"),
    path("relations/groups/<int:pk>/change/", hubs.change, name="group_change"),
    path("relations/groups/<int:pk>/note/", hubs.note, name="group_note"),
    path("relations/groups/<int:pk>/leave/", hubs.leave, name="group_leave"),
    path("relations/experts/", experts.experts, name="experts"),
    path("relations/experts/shelve/", experts.shelve, name="shelve"),
    path("relations/experts/<int:pk>/settle/", experts.settle, name="expert_settle"),
    path("relations/experts/<int:pk>/remove/", experts.unshelve, name="unshelve"),
    path("relations/stand/", experts.follow, name="follow"),
    path("relations/exchange/", experts.exchange_, name="exchange"),
    path("relations/exchange/people.csv", experts.export_csv, name="export_csv"),
    path("relations/exchange/people.vcf", experts.export_vcard, name="export_vcard"),
    path("relations/exchange/preview/", experts.exchange_preview, name="exchange_preview"),
    path("relations/exchange/take-in/", experts.exchange_take_in, name="exchange_take_in"),
]

# Without an account: the address itself is the key.
root_patterns = [
    path("yours/<str:token>/", hers.hers, name="hers"),
    path("asked/<str:token>/", hers.asked, name="asked"),
]
