"""The unified address library (统一地址库): written by `commands`, asked by `matching.find` and `typing.addresses_like`.

Source: features B1. Nothing in it is guessed: what it does not know, it says it does not know.
"""
