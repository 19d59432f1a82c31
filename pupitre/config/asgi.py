"""The web's entry point for ASGI servers."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pupitre.config.settings")
application = get_asgi_application()
