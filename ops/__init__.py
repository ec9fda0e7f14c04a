"""What operating and testing an installation needs around the package: databases, browsers, runs."""
