"""The training room's addresses."""

from django.urls import path

from pupitre.training.web import drills, games, lessons, room, skills

urlpatterns = [
    path("training/", room.room, name="room"),
    path("training/drills/start/", drills.start, name="start"),
    path("training/drills/<int:pk>/", drills.drill, name="drill"),
    path("training/drills/<int:pk>/speed/", drills.speed, name="speed"),
    path("training/drills/<int:pk>/pass/", drills.pass_time, name="pass_time"),
    path("training/drills/<int:pk>/end/", drills.end, name="end"),
    path("training/lessons/", lessons.lessons, name="lessons"),
    path("training/lessons/quiz/", lessons.quiz, name="quiz"),
    path("training/rights/", lessons.lock, name="lock"),
    path("training/skills/", skills.skills, name="skills"),
    path("training/skills/set/", skills.skill, name="skill"),
    path("training/skills/gap/", skills.gap, name="gap"),
    path("training/sorting/", games.sorting, name="sorting"),
    path("training/sorting/check/", games.sort, name="sort"),
    path("training/numbers/", games.own_numbers, name="own_numbers"),
]
