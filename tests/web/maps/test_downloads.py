"""What can be taken along of the maps that people inside see."""

import csv
import io
import json

import pytest

from tests.web.seeding import MOSCOW
from tests.web.site import Site


@pytest.mark.parametrize("kind", ["detained", "protests"])
def test_the_rows_taken_along_add_up_to_the_city_in_every_form_and_size(desk: Site, kind: str) -> None:
    sums = set()
    for size in (7, 8, 9):
        address = f"/cities/{MOSCOW}/heat.{{}}?size={size}&kind={kind}"
        table = list(csv.DictReader(io.StringIO(desk.get(address.format("csv")).get_data(as_text=True))))
        told = json.loads(desk.get(address.format("geojson")).get_data(as_text=True))
        for column in ("detained_low", "detained_high", "held", "released", "force", "protests"):
            of_table = sum(int(row[column] or 0) for row in table)
            of_features = sum(feature["properties"][column] or 0 for feature in told["features"]) + told["not_placed"][column]
            assert of_table == of_features
            sums.add((column, of_table))
        assert table[-1]["cell"] == ""
        assert {feature["properties"]["cell"] for feature in told["features"]} == {row["cell"] for row in table[:-1]}
        assert all(row["citation"].startswith("heatmap.") for row in table)
        assert desk.get(address.format("svg")).get_data(as_text=True).count("<polygon") == len(table) - 1
    assert len(sums) == 6, "the same in every size"
    assert dict(sums)["detained_low"] > 0
