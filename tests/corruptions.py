"""Ways to spoil a file: one seed, one file that a careless person or a broken editor could have left."""

import random
import re

EVIL = (
    "0", "-1", "1", "2", "7", "1e308", "1e999", "999999999999999999999", "0.5", ".inf", ".nan", "true", "no", "~",
    "", '""', "[]", "{}", "[[]]", "[a, [b, {c: d}]]", "{a: b}", "a b", "\N{RIGHT-TO-LEFT OVERRIDE}x",
    "\N{COLLISION SYMBOL}", "ångström", "9999-12-31", "0001-01-01", "2022-13-45", "2022-02-30",
    "9999-12-31T23:59:59Z", "0001-01-01T00:00Z", "2030-01-07T00:00Z", "2030-01", "2022-12-15T00:45",
    "2022-12-15T00:45+03:00", "-1 d", "0 s", "1 s", "36525 d", "36526 d", "1e9 d", "PT0S", "P1M", "1e300 m3",
    "0 m3", "0 m", "1e-300 m", "1e300 m", "0 kPa", "1e300 kPa", "5 parsec", "-300 degC", "uniform(1 d, 2 d)",
    "triangular(1 d, 2 d)", "uniform(1 mm, 1 m)", "uniform(1 d, 1 d)", "{from: 2030-01-20, to: 2030-01-10}",
    "{after: sortie-1, by: 5 d}", "{after: sortie-2, by: 5 d}", "{from: 2030-01-10, to: 2030-02-10}", ">-", "|",
    "&a b", "*a", "!!python/object/apply:os.system [x]", "!tag x", "'open", '"open', '"\\x00"', '"\\ud800"',
    "0x10", "1_000", "12:30", "25:61", "? a", "- a", "%YAML 1.1", "---", "...", "\t", "x" * 5000,
    "[" * 60 + "]" * 60, "@", "`", "failed", "unknown", "open", "closed", "leak", "reading", "air", "tank",
    "nominal", "degraded", "[mon]", "[hub, hub]", "[hub, lab, lock]",
)  # fmt: skip
"""What may stand where a value should: wrong, odd, huge, half, or meant for elsewhere."""

_KEY = re.compile(r"^(\s*(?:- )?)([A-Za-z][\w-]*):(.*)$")
_WORD = re.compile(r"[A-Za-z0-9][\w/-]*")
_DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?")


def corrupt(text: str, seed: int) -> str:
    """Return a text spoiled in one to three ways."""
    rng = random.Random(seed)
    for _ in range(rng.choice((1, 1, 2, 3))):
        text = rng.choice(WAYS)(text or "x", rng)
    return text


def _lines(text, rng):
    lines = text.split("\n")
    return lines, rng.randrange(len(lines))


def delete_lines(text, rng):
    lines, at = _lines(text, rng)
    del lines[at : at + rng.choice((1, 1, 1, 2, 5, 20))]
    return "\n".join(lines)


def duplicate_lines(text, rng):
    lines, at = _lines(text, rng)
    taken = lines[at : at + rng.choice((1, 1, 3, 10))]
    to = rng.choice((at, rng.randrange(len(lines))))
    return "\n".join([*lines[:to], *taken, *lines[to:]])


def swap_lines(text, rng):
    lines, at = _lines(text, rng)
    other = rng.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]
    return "\n".join(lines)


def indent(text, rng):
    lines, at = _lines(text, rng)
    for number in range(at, min(len(lines), at + rng.choice((1, 1, 4)))):
        by = rng.choice((-4, -2, -1, 1, 2, 4))
        lines[number] = " " * by + lines[number] if by > 0 else lines[number].removeprefix(" " * -by)
    return "\n".join(lines)


def replace_value(text, rng):
    return _on_key(text, rng, lambda match: f"{match[1]}{match[2]}: {rng.choice(EVIL)}")


def rename_key(text, rng):
    names = sorted({match[2] for line in text.split("\n") if (match := _KEY.match(line))})
    odd = rng.choice((*names, "x", "id", "base", "source", "Ключ", "on", "12", "~"))
    return _on_key(text, rng, lambda match: f"{match[1]}{rng.choice((odd, match[2][:-1], match[2] + 's'))}:{match[3]}")


def remove_item(text, rng):
    found = list(re.finditer(r"\[[^\[\]\n]*\]", text))
    if not found:
        return text
    match = rng.choice(found)
    items = match[0][1:-1].split(",")
    del items[rng.randrange(len(items))]
    return text[: match.start()] + f"[{','.join(items)}]" + text[match.end() :]


def cut(text, rng):
    return text[: rng.randrange(len(text))]


def mix_references(text, rng):
    words = list(_WORD.finditer(text))
    one, other = rng.choice(words), rng.choice(words)
    return text[: one.start()] + other[0] + text[one.end() :]


def change_date(text, rng):
    found = list(_DATE.finditer(text))
    if not found:
        return text
    match = rng.choice(found)
    other = rng.choice((rng.choice(found)[0], "2031-01-01", "2029-12-31", "2022-12-31", "2230-01-01", "1970-01-01"))
    return text[: match.start()] + other + text[match.end() :]


def change_number(text, rng):
    found = list(re.finditer(r"(?<![\w-])\d+(?:\.\d+)?(?= |$)", text, re.MULTILINE))
    if not found:
        return text
    match = rng.choice(found)
    number = rng.choice(("0", "1", "1000000", "1e9", "0.0001", "-3", "99999999999", match[0] * 3))
    return text[: match.start()] + number + text[match.end() :]


def insert_sign(text, rng):
    at = rng.randrange(len(text))
    return text[:at] + rng.choice("\t:{}[]#&*!|>'\"%@`,-?\\\x00\x07\ufeff\u2028\r\n é💥") + text[at:]


def change_alike(text, rng):
    """Put a value of the same kind: what loads more often, and then must work."""
    return _on_key(text, rng, lambda match: f"{match[1]}{match[2]}: {_alike(match[2], match[3].strip(), text, rng)}")


def _alike(name, value, text, rng):
    if re.fullmatch(r"[\d.]+ (d|h|min|s)( .*)?", value):
        return rng.choice(
            ("0 s", "1 s", "1 min", "7 h", "23 h 59 min", "1 d", "9 d", "52 d", "53 d", "400 d", "36525 d")
        )
    if number := re.fullmatch(r"([\d.]+) (\S+)", value):
        return f"{float(number[1]) * rng.choice((0, 1e-6, 0.01, 0.5, 2, 100, 1e6)):.9f} {number[2]}"
    if re.fullmatch(r"\d+", value):
        return rng.choice(("0", "1", "2", "3", "100", "1000000"))
    if _DATE.match(value):
        return f"20{rng.choice((29, 30, 30, 30, 31))}-0{rng.choice((1, 1, 2, 3))}-{rng.randrange(1, 29):02}"
    if value in ("true", "false"):
        return {"true": "false", "false": "true"}[value]
    others = re.findall(rf"\b{re.escape(name)}: *([^\s,{{}}][^\n,{{}}]*)", text)
    return rng.choice(others or [value])


def _on_key(text, rng, change):
    lines = text.split("\n")
    numbers = [number for number, line in enumerate(lines) if _KEY.match(line)]
    if numbers:
        number = rng.choice(numbers)
        lines[number] = change(_KEY.match(lines[number]))
    return "\n".join(lines)


WAYS = (
    delete_lines, duplicate_lines, swap_lines, indent, replace_value, replace_value, change_alike, change_alike,
    change_alike, change_alike, change_alike, change_alike, change_alike, rename_key,
    remove_item, cut, mix_references, mix_references, change_date, change_number, insert_sign,
)  # fmt: skip
