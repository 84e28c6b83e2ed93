"""How do colours look to colour-blind readers? Simulation and distance, for the tests.

Source of the matrices: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A physiologically-based model for simulation
of color vision deficiency", IEEE Trans. Visualization and Computer Graphics 15 (2009), severity 1.0; they hold for
linear RGB. Distance: CIE 1976, in L*a*b* under D65.
"""

import re

MACHADO = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900),
    ),
}  # fmt: skip
PAPERS = {"light": "#FFFFFF", "dark": "#18212A"}
_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
_WHITE = (0.95047, 1.0, 1.08883)


def on(colour, paper):
    """Return a colour as RGB from 0 to 1, laid on a paper where it is not opaque."""
    if colour.startswith("#"):
        return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    *rgb, alpha = (float(part) for part in re.findall(r"[\d.]+", colour))
    return tuple(alpha * part / 255 + (1 - alpha) * under for part, under in zip(rgb, on(paper, paper), strict=True))


def _times(matrix, triple):
    return tuple(sum(a * b for a, b in zip(row, triple, strict=True)) for row in matrix)


def lab(rgb, sight):
    """Return L*a*b* of a colour as somebody of this sight sees it."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb]
    seen = [min(1.0, max(0.0, part)) for part in _times(MACHADO[sight], linear)]
    parts = [part / white for part, white in zip(_times(_XYZ, seen), _WHITE, strict=True)]
    x, y, z = (part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116 for part in parts)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one, other, paper, sight):
    """Return how far apart two colours are on a paper."""
    pair = (lab(on(colour, paper), sight) for colour in (one, other))
    return sum((a - b) ** 2 for a, b in zip(*pair, strict=True)) ** 0.5


def nearest(one, other, paper):
    """Return how far apart two colours are to those who see them least apart, and who that is."""
    return min((distance(one, other, paper, sight), sight) for sight in MACHADO)
