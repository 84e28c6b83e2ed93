"""The first lines of the page: a line for each thing that it cost, whole days, and never too many."""

from stationsim.report.lead import lead


def plain(lines):
    return [line.striptags() for line in lines]


def test_what_happened_what_was_decided_and_what_it_cost_stand_apart():
    told = lead("A leak struck X on 2022-12-15 00:45 UTC. Moscow decided: a; b. X flies later; Y is lost; Z is lost.")
    assert told.happened == 'A leak struck X on <span class="day">2022-12-15</span> 00:45 UTC (GMT 349).'
    assert plain(told.decided) == ["Moscow decided: a; b."]
    assert plain(told.costs) == ["X flies later", "Y is lost", "Z is lost"]
    assert told.left_out == 0


def test_what_is_little_stays_a_sentence():
    assert plain(lead("A leak struck. Two activities were moved; one was added.").costs) == [
        "Two activities were moved; one was added."
    ]
    assert lead("Nothing happened.").costs == ()
    assert lead("").happened == ""


def test_a_long_list_is_cut_in_its_middle():
    lines = [f"VKD-{number} flies later" for number in range(40)] + ["nobody has a ship"]
    told = lead(f"A leak struck. {'; '.join(lines)}.")
    assert plain(told.costs) == [*lines[:5], *lines[-7:]]
    assert (told.left_out, told.cut) == (29, 5)


def test_names_are_text():
    told = lead("<script>alert(1)</script> struck. <b>X</b> flies later; Y; Z.")
    assert "<b>" not in "".join([told.happened, *told.costs])
    assert told.costs[0] == "&lt;b&gt;X&lt;/b&gt; flies later"


def test_a_name_without_end_does_not_fill_the_screen():
    told = lead(f"{'n' * 900} struck. {'m' * 900} flies later; Y is lost; Z is lost.")
    assert [len(line) for line in (told.happened, *told.costs)] == [421, 420, 9, 9]
