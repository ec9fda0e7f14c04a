"""The face for machines: /api/v1, with the same commands, hats and policies as the pages."""
