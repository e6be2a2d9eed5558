"""The check of imports sees a broken rule: direct, over other modules, late, and in a circle."""

import pytest

from tests import import_graph

HOUSE = {
    "low/__init__.py": "",
    "low/stone.py": "import json\nfrom typing import TYPE_CHECKING\n"
    "if TYPE_CHECKING:\n    from high.roof import Roof\n",
    "mid/__init__.py": "",
    "mid/wall.py": "from low import stone\n",
    "high/__init__.py": "",
    "high/roof.py": "from mid.wall import Wall\n\ndef late():\n    import low.stone\n",
}
FLOORS = (("high",), ("mid",), ("low",))


@pytest.fixture
def house(tmp_path):
    def build(**changed):
        for name, text in {**HOUSE, **changed}.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        return import_graph.read(tmp_path, ("low", "mid", "high"))

    return build


def test_a_sound_house_passes(house):
    graph = house()
    assert graph["high.roof"] == {"mid.wall", "low.stone"}
    assert graph["low.stone"] == set()
    assert import_graph.upward(graph, FLOORS) == set()
    assert import_graph.circle(graph) == []
    assert import_graph.chains(graph, "low", ["high"]) == []


@pytest.mark.parametrize(
    "text",
    [
        "from high import roof\n",
        "import high.roof\n",
        "from high.roof import Roof\n",
        "def late():\n    from high.roof import Roof\n",
    ],
)
def test_an_import_upward_is_found(house, text):
    graph = house(**{"low/stone.py": text})
    assert import_graph.upward(graph, FLOORS) == {"low.stone → high.roof"}
    assert import_graph.circle(graph) != []


def test_a_way_over_other_modules_is_found(house):
    graph = house(**{"low/stone.py": "", "low/sand.py": "from mid import wall\n"})
    graph["mid.wall"].add("high.roof")
    assert import_graph.chains(graph, "low", ["high"]) == ["low.sand → mid.wall → high.roof"]


def test_a_circle_within_a_floor_is_found(house):
    graph = house(**{"low/stone.py": "import low.sand\n", "low/sand.py": "import low.stone\n"})
    assert import_graph.upward(graph, FLOORS) == set()
    assert set(import_graph.circle(graph)) == {"low.stone", "low.sand"}
