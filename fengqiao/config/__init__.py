"""How the modules are put together: settings, the root URLs, the doors of the server."""
