"""What happens after what. One table; read down the left side to find any consequence."""

REACTIONS: dict = {}
