"""What a district's folder says that no other table holds: kept, so that the folder can be written again."""

from django.db import models


class Folder(models.Model):
    """The folder that was loaded last. One installation is one county: there is one row."""

    name = models.CharField(max_length=120)
    sources = models.JSONField(default=dict)  # what a source is called -> which document that is
    notes = models.JSONField(default=list)
    said_by = models.JSONField(default=dict)  # file -> key of a row -> its source

    def __str__(self) -> str:
        return self.name
