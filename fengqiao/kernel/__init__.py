"""The ground everything stands on: deadlines, money, codes, masking, field encryption. Knows no dispute and no table."""
