"""The screens of the register of bodies: whoever keeps it needs no shell."""
