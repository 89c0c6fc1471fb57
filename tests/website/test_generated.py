"""Documentation that is printed from the code."""

from __future__ import annotations

from flask import render_template, url_for

from website import generated


def test_pages_page_has_a_line_for_every_route(app):
    """Route, methods, endpoint, permission, template; in the order of the addresses."""
    lines = generated.pages_page(app).splitlines()
    routes = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    assert (len(lines), lines) == (len(routes), sorted(lines))
    line = "/me/name  GET,POST  people.change_name  [people.change_name]  accounts/people/change_name.html"
    assert line in lines


def test_states_page_shows_every_move():
    """As a diagram; a state that leads nowhere ends."""
    page = generated.states_page()
    outbox = page.partition("## backstage.outbox\n")[2].partition("## ")[0]
    assert [line.strip() for line in outbox.splitlines() if "-->" in line] == [
        "waiting --> sending",
        "sending --> failed",
        "sending --> sending",
        "sending --> sent",
        "sending --> waiting",
        "sent --> [*]",
        "failed --> [*]",
    ]


def test_states_lead_only_to_states_that_there_are():
    """Every rules.py with moves."""
    machines = dict(generated.state_machines())
    wrong = {
        (topic, after)
        for topic, moves in machines.items()
        for states in moves.values()
        for after in states
        if after not in moves
    }
    assert (wrong, len(machines) >= 5) == (set(), True)


def test_personal_data_page_has_a_row_for_every_personal_column():
    """Seven cells each."""
    rows = [line for line in generated.personal_data_page().splitlines() if line.startswith("| ")][1:]
    assert len(rows) == len(list(generated.personal_columns()))
    assert {row.count("|") for row in rows} == {8}


def one_template():
    """A view."""
    return render_template("website/home/front.html")


def through_a_helper():
    """A view whose page is rendered by another function of its module."""
    return one_template() or none_at_all()


def none_at_all():
    """A view that renders nothing."""
    return url_for("home.front")


def test_template_of_reads_the_view_and_its_helpers():
    """Or says that there is none."""
    assert generated.template_of(one_template) == "website/home/front.html"
    assert generated.template_of(through_a_helper) == "website/home/front.html"
    assert generated.template_of(none_at_all) == "-"
