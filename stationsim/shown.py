"""How does a value look in a notebook? Short, escaped HTML without scripts: a title, some lines, a small table.

What objects print as text stays what it is; a notebook asks for `_repr_html_`, and each of them is made here.
"""

import html
import unicodedata
from collections.abc import Iterable, Sequence

__all__ = ["card", "line", "pre"]

_MOST_ROWS = 8
_MOST_LINES = 40
_CELL = 120
_HIDDEN = {"Cc", "Cf", "Cs", "Co"}


def line(text: object, limit: int = 300) -> str:
    r"""Return text on one line, without control and direction marks, cut to `limit` characters.

    >>> line("a\u202eb\nc"), line("abcdef", 4)
    ('ab c', 'abc…')
    """
    kept = "".join(c for c in " ".join(str(text).split()) if unicodedata.category(c) not in _HIDDEN)
    return kept if len(kept) <= limit else kept[: limit - 1].rstrip() + "…"


def card(
    title: object, lines: Iterable[object] = (), heads: Sequence[str] = (), rows: Sequence[Sequence[object]] = ()
) -> str:
    """Return HTML of a title, a paragraph per line and a table, of which a long one is cut and says so.

    >>> card("A <b> & c", ["x"])
    '<div><strong>A &lt;b&gt; &amp; c</strong><p>x</p></div>'
    >>> card("A", (), ["n"], [[1]]).partition("<tbody>")[2]
    '<tr><td>1</td></tr></tbody></table></div>'
    """
    parts = [f"<strong>{_safe(title)}</strong>", *(f"<p>{_safe(text, 600)}</p>" for text in lines)]
    if rows:
        head = "".join(f"<th>{_safe(name)}</th>" for name in heads)
        body = "".join(f"<tr>{''.join(f'<td>{_safe(cell)}</td>' for cell in row)}</tr>" for row in rows[:_MOST_ROWS])
        parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
    if len(rows) > _MOST_ROWS:
        parts.append(f"<p>and {len(rows) - _MOST_ROWS} more</p>")
    return f"<div>{''.join(parts)}</div>"


def pre(text: str) -> str:
    """Return HTML of a text that is told in lines; a long one is cut and says so.

    >>> pre("a < b")
    '<pre>a &lt; b</pre>'
    """
    lines = text.splitlines()
    shown = [_safe(one, 200, keep=True) for one in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        shown.append(f"... and {len(lines) - _MOST_LINES} more lines: print it to see them")
    return f"<pre>{chr(10).join(shown)}</pre>"


def _safe(text: object, limit: int = _CELL, *, keep: bool = False) -> str:
    """Return text as HTML shows it; `keep` its spaces, in which a table of words is set."""
    if not keep:
        return html.escape(line(text, limit))
    plain = "".join(c for c in str(text) if unicodedata.category(c) not in _HIDDEN)
    return html.escape(plain if len(plain) <= limit else plain[: limit - 1] + "…")
