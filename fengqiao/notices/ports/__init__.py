"""The doors through which messages leave: one a channel, where the installation has one."""
