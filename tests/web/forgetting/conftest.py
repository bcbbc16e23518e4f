"""A person on record, in an installation of their own."""

import pytest

from tests.web.forgetting.homes import Known
from tests.web.site import Site


@pytest.fixture
def known(bare: Site) -> Known:
    return Known(bare.tracker)
