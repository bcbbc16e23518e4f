"""The one family of errors the outer rings know."""


class RuleBroken(Exception):
    """Something was asked that cannot be meant; nothing was recorded.

    Carries a stable `code` and the `values` the sentence needs, never a sentence: `web/` tells it in the reader's language.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
