"""How well texts are understood: the answer to one line of an evaluation, and figures over lines with gold."""
