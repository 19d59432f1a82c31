"""The measures' addresses."""

from django.urls import path

from pupitre.measurement.web import money, origins, plans, reports, reviews, views, webhook

urlpatterns = [
    path("measures/", views.measures, name="measures"),
    path("measures/<int:pk>/", views.objective, name="objective"),
    path("measures/<int:pk>/figure/", views.declare, name="declare"),
    path("measures/<int:pk>/time/", views.log, name="log"),
    path("measures/<int:pk>/start/", money.start, name="start"),
    path("measures/stop/", money.stop, name="stop"),
    path("measures/<int:pk>/buy/", money.buy, name="buy"),
    path("measures/<int:pk>/value/", money.value, name="value"),
    path("measures/facts.csv", views.facts, name="facts"),
    path("measures/reviews/", reviews.reviews, name="reviews"),
    path("measures/reviews/<int:pk>/", reviews.review, name="review"),
    path("measures/reviews/<int:pk>/close/", reviews.close_review, name="close_review"),
    path("measures/<int:pk>/origins/", origins.origins, name="origins"),
    path("measures/<int:pk>/event/", origins.name_event, name="name_event"),
    path("measures/acts/<int:pk>/tell/", origins.tell_act, name="tell_act"),
    path("measures/acts/<int:pk>/file/", origins.take_in_acts, name="take_in_acts"),
    path("measures/acts/<int:pk>/tool/", origins.read_tool, name="read_tool"),
    path("measures/tools/<int:pk>/forget/", origins.forget_tool, name="forget_tool"),
    path("measures/door/open/", origins.open_door, name="open_door"),
    path("measures/door/close/", origins.close_door, name="close_door"),
    path("measures/plans/", plans.list_plans, name="plans"),
    path("measures/plans/silence/", plans.register_holdout, name="register_holdout"),
    path("measures/plans/silence/<int:pk>/", plans.holdout, name="holdout"),
    path("measures/plans/silence/<int:pk>/stop/", plans.stop_holdout, name="stop_holdout"),
    path("measures/plans/posts/", plans.register_experiment, name="register_experiment"),
    path("measures/plans/posts/<int:pk>/", plans.experiment, name="experiment"),
    path("measures/reports/", reports.reports, name="reports"),
    path("measures/reports/make/", reports.make_report, name="make_report"),
    path("measures/reports/plan/", reports.plan_reports, name="plan_reports"),
    path("measures/reports/plan/<int:pk>/stop/", reports.stop_reports, name="stop_reports"),
    path("measures/reports/lesson/<int:pk>/", reports.write_lesson, name="write_lesson"),
    path("measures/reports/<int:pk>/", reports.report, name="report"),
    path("measures/reports/<int:pk>/close/", reports.close_report, name="close_report"),
]

root_patterns = [
    path("acts/<str:key>", webhook.act, name="act"),
    path("report/<str:link>/", reports.by_link, name="report"),
    path("report/<str:link>/report.pdf", reports.as_pdf, name="report_pdf"),
    path("report/<str:link>/facts.xlsx", reports.as_xlsx, name="report_xlsx"),
    path("report/<str:link>/facts.csv", reports.as_csv, name="report_csv"),
]
