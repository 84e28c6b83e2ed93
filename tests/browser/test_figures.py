"""Are the figures of the report pictures as well? PNG, SVG and PDF through Kaleido and the system's Chromium."""

import re
import struct
import xml.etree.ElementTree as ET

import plotly.graph_objects as go
import pytest

import stationsim as ss
from stationsim.exports import figures_format
from stationsim.exports.formats import Look


def size(png):
    """Return width and height of a PNG [px]."""
    assert png.startswith(b"\x89PNG\r\n")
    return struct.unpack(">II", png[16:24])


def test_every_figure_of_the_page_is_a_picture_in_a_folder(impact, tmp_path):
    folder = ss.export(impact, tmp_path / "pictures", "figures")
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted([
        "beliefs.png", "consumables.png", "export.json", "graph.png", "hatches.png", "kept.png", "people.png",
        "physics.png",
        "places.png", "plan.png", "ports.png", "resilience.png", "seats.png", "second.png",
    ])  # fmt: skip
    for path in folder.glob("*.png"):
        width, height = size(path.read_bytes())
        assert width == 2400
        assert height > 300
        assert path.stat().st_size < 2_000_000
    assert ss.export(impact, folder, "figures", figure="seats", image="svg") == folder
    assert sorted(path.name for path in folder.iterdir()) == ["export.json", "seats.svg"]


def test_a_single_figure_is_a_file_of_the_sort_that_its_suffix_names(impact, tmp_path):
    svg = ss.export(impact, tmp_path / "seats.svg", "figures", figure="seats", theme="dark").read_text(encoding="utf-8")
    root = ET.fromstring(svg)
    assert root.tag.endswith("svg")
    texts = " ".join(text for text in root.itertext())
    assert "A seat home for everybody" in texts
    assert "A coolant leak on Soyuz MS-22" in texts
    assert re.search(r"fill:\s*rgb\(24, 33, 42\)", svg)
    assert "http" not in re.sub(r"http://www\.w3\.org/\S+", "", svg)
    pdf = ss.export(impact, tmp_path / "plan.pdf", "figures", figure="plan").read_bytes()
    assert pdf.startswith(b"%PDF")
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["plan.pdf", "seats.svg"]


def test_the_network_is_never_asked_for_formulas(monkeypatch):
    given = {}

    class Kaleido:
        def __init__(self, **options):
            given.update(options)

        async def __aenter__(self):
            return self

        async def __aexit__(self, *_):
            return None

        async def calc_fig(self, figure, opts):
            return str(opts).encode()

    monkeypatch.setattr("kaleido.Kaleido", Kaleido)
    monkeypatch.setenv("CHROMIUM", "/opt/mine")
    drawn = figures_format._drawn([go.Figure(layout={"height": 300})], "png")
    assert given == {"mathjax": False, "path": "/opt/mine"}
    assert drawn == [b"{'format': 'png', 'width': 1200, 'height': 300, 'scale': 2}"]


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "n" * 300, "\u202eabc \U0001f6f0"])
def test_a_hostile_title_is_text(impact, name):
    import attrs

    hostile = attrs.evolve(impact, manifest=attrs.evolve(impact.manifest, title=name))
    (svg,) = figures_format.files(hostile, Look(image="svg", figure="seats")).values()
    root = ET.fromstring(svg.decode())
    assert not [one for one in root.iter() if one.tag.endswith("script")]
    assert name.replace("\u202e", "")[:12] in "".join(root.itertext())
