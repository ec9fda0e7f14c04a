"""Reading what somebody wrote or said: of what kind it is, how urgent, for how many, between whom, and which words say so.

It proposes; people decide (个人信息保护法 24). Everything works on the machine itself, without a network.
"""
