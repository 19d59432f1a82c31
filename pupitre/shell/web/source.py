"""The licence's promise: whoever uses this Pupitre over a network can take its source, changes and all."""

import tarfile
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

PACKAGE = Path(__file__).resolve().parents[2]
LEFT_OUT = {"__pycache__"}


@require_safe
def source(request: HttpRequest) -> HttpResponse:
    """The package that is running, as one archive; packed once for each state of its files."""
    answer = HttpResponse(packed().read_bytes(), content_type="application/gzip")
    answer["Content-Disposition"] = 'attachment; filename="pupitre-source.tar.gz"'
    return answer


def packed() -> Path:
    """The archive on disk. Its name follows the newest file, so that a changed Pupitre is packed again."""
    files = sorted(file for file in PACKAGE.rglob("*") if file.is_file() and not LEFT_OUT & set(file.parts))
    newest = max(file.stat().st_mtime_ns for file in files)
    archive = Path(settings.DATA_DIR) / f"source-{len(files)}-{newest}.tar.gz"
    if archive.exists():
        return archive
    for older in archive.parent.glob("source-*.tar.gz"):
        older.unlink(missing_ok=True)
    unfinished = archive.with_suffix(".part")
    with tarfile.open(unfinished, "w:gz") as tar:
        for file in files:
            tar.add(file, arcname=f"pupitre/{file.relative_to(PACKAGE).as_posix()}", recursive=False)
    return unfinished.replace(archive)
