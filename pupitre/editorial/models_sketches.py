"""What a person is typing and has not kept yet: hers alone, so that a reload or a lost connection takes nothing."""

from django.db import models

from pupitre.core.models import Member, Organisation


class Sketch(models.Model):
    """The fields of one composer as they stood at the last pause, in their order: [[name, value], …]."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="sketches")
    post = models.ForeignKey("editorial.Post", on_delete=models.CASCADE, null=True, related_name="sketches")
    key = models.CharField(max_length=40)  # rules/sketches.py: the page it was typed on
    revision = models.PositiveIntegerField(null=True)  # of the post, as it was read
    fields = models.JSONField(default=list)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="one_sketch_per_page")]

    def __str__(self) -> str:
        return next((value for name, value in self.fields if name == "title" and value.strip()), self.key)
