"""What others say where we are not: sources, queries, mentions."""

from django.db import models

from pupitre.core.models import Member, Organisation


class Source(models.Model):
    """A feed we read, a stream we listen to, or what people note by hand. Its silence is an alarm, not a zero."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=20, default="feed")  # feed, stream, hand
    url = models.CharField(max_length=1000)
    title = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=20, default="new")  # new, healthy, failing, mute, paused
    words = models.CharField(max_length=500, blank=True)
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    cursor = models.CharField(max_length=40, blank=True)  # how far a stream was heard
    due_at = models.DateTimeField(null=True, db_index=True)
    read_at = models.DateTimeField(null=True)  # last success
    item_at = models.DateTimeField(null=True)  # newest item seen
    failures = models.PositiveSmallIntegerField(default=0)
    added_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "url"], name="one_source_per_address")]

    def __str__(self) -> str:
        return self.title or self.url


class WatchQuery(models.Model):
    """A saved question asked of everything that comes in."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="watch_queries")
    name = models.CharField(max_length=120)
    text = models.TextField()
    purpose = models.CharField(max_length=200, blank=True)
    version_stamp = models.PositiveIntegerField(default=1)  # grows whenever the set of queries changes
    paused = models.BooleanField(default=False)
    strictness = models.FloatField(default=1.0)  # a step of spikes/episodes.py: what alerts ask for
    watched_to = models.DateTimeField(null=True)  # the last hour judged
    created_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "watch queries"

    def __str__(self) -> str:
        return self.name


class Item(models.Model):
    """Everything a source gave, so that a new query can be tried on what we hold."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="items")
    remote_id = models.CharField(max_length=500)
    url = models.CharField(max_length=1000, blank=True)
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    network = models.CharField(max_length=40, blank=True)  # where it was said; empty: a page of the web
    author_key = models.CharField(max_length=64, blank=True)  # pseudonym: salted hash of the name
    language = models.CharField(max_length=5, blank=True)
    at = models.DateTimeField()
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "remote_id"], name="one_item_per_source")]
        indexes = [models.Index(fields=["organisation", "-at"], name="newest_items")]

    def __str__(self) -> str:
        return self.title or self.text[:60]


class Mention(models.Model):
    """An item that answered a query, with the passages that made it answer."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="mentions")
    query = models.ForeignKey(WatchQuery, on_delete=models.CASCADE, related_name="mentions")
    spans = models.JSONField(default=list)  # [[start, end]] in item.text
    state = models.CharField(max_length=12, default="new")  # new, opened, noted, dropped
    thread_id = models.BigIntegerField(null=True)  # the conversation opened from it
    judgement = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "query"], name="one_mention_per_query")]
        indexes = [models.Index(fields=["organisation", "state", "-id"], name="newest_mentions")]

    def __str__(self) -> str:
        return str(self.item)


class Alert(models.Model):
    """One episode in which a watch was louder than chance explains, and what a person made of it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="alerts")
    query = models.ForeignKey(WatchQuery, on_delete=models.CASCADE, related_name="alerts")
    sign = models.CharField(max_length=12)  # spikes/hours.py
    began_at = models.DateTimeField()  # the first hour
    last_at = models.DateTimeField()  # the last hour so far
    seen = models.PositiveIntegerField()
    expected = models.FloatField()
    negative = models.PositiveIntegerField(default=0)
    authors = models.PositiveIntegerField(null=True)
    label = models.CharField(max_length=10, blank=True)  # real, campaign, noise; empty until somebody has looked
    labelled_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    labelled_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["query", "began_at"], name="one_alert_per_episode")]
        indexes = [models.Index(fields=["organisation", "-last_at"], name="newest_alerts")]

    def __str__(self) -> str:
        return self.query.name


class ListenedHour(models.Model):
    """One hour during which at least one source answered: an hour without its row is missing, never zero."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    at = models.DateTimeField()  # the hour's beginning, in UTC
    reads = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "at"], name="one_row_per_hour")]

    def __str__(self) -> str:
        return self.at.isoformat()
