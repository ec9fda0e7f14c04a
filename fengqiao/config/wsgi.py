"""The door of the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengqiao.config.settings")

application = get_wsgi_application()

# What the program itself is made of never becomes garbage. Looked through with the rest, as Python does every few dozen
# requests, it holds up whoever asks just then for a tenth of a second.
get_resolver().url_patterns  # noqa: B018 - reads all views in
gc.collect()
gc.freeze()
