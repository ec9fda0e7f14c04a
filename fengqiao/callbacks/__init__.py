"""The end: closed, called back, contested or opened again, and archived as a file that proves itself outside the system."""
