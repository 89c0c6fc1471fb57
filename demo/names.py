"""Invented names, organisations and texts for the demonstration, the same every time (fixed seed)."""

from __future__ import annotations

from random import Random

FIRST = [
    "Ada",
    "Bola",
    "Cai",
    "Dara",
    "Edie",
    "Femi",
    "Gwen",
    "Hari",
    "Isla",
    "Jomo",
    "Kaya",
    "Leon",
    "Mina",
    "Nia",
    "Omar",
    "Pia",
    "Quinn",
    "Rafi",
    "Sada",
    "Tariq",
    "Una",
    "Vera",
    "Wes",
    "Xan",
    "Yara",
    "Zeb",
    "Anwen",
    "Bram",
    "Cora",
    "Dev",
    "Elis",
    "Fern",
    "Gus",
    "Hope",
    "Idris",
    "Jude",
    "Kofi",
    "Lior",
    "Mabli",
    "Noah",
]
LAST = [
    "Abara",
    "Birch",
    "Calder",
    "Dunmore",
    "Eastwood",
    "Fenn",
    "Garrow",
    "Hollin",
    "Ibori",
    "Jarrow",
    "Kestle",
    "Larkhill",
    "Marsh",
    "Nwosu",
    "Oakden",
    "Penrose",
    "Quill",
    "Rahmani",
    "Sandal",
    "Tarn",
    "Underhay",
    "Vale",
    "Wray",
    "Yarrow",
    "Zelter",
]
PLACES = [
    "Alderwick",
    "Brackmoor",
    "Cresswater",
    "Dunholme",
    "Elmstow",
    "Farrowby",
    "Glenmarsh",
    "Harrowmere",
    "Inglebeck",
    "Kelderdale",
    "Lowmoor",
    "Marlsea",
    "Netherby",
    "Ottermouth",
    "Penhallow",
    "Ravenshaw",
    "Saltby",
    "Thornwick",
    "Upperton",
    "Wexmoor",
]
KINDS = (
    ("{} Mental Health NHS Trust", "NHS trust"),
    ("{} Carers Together", "Charity"),
    ("{} Police", "Police force"),
)
WHAT = (
    "People told us that they waited without knowing what came next.",
    "We sat down with the people who use the service and asked what a good week would look like.",
    "A small team of staff and peers met every Tuesday for a year.",
    "We stopped asking people to repeat their story and wrote it down once, with them.",
    "The first version was made of paper and lasted three weeks.",
    "Managers, carers and people with lived experience shared the same table and the same vote.",
    "We opened on two evenings a week, because that is when people asked for us.",
    "Everybody who joined was rung by somebody who had been there before.",
)
IMPACT = (
    "Within a year {n} people had used it, and {m} of every 100 said that it helped.",
    "Missed appointments fell by {m}%, and nobody was discharged for missing one.",
    "{n} staff took part; sickness absence on the wards fell by {k}%.",
    "Before, {m} of 100 people felt listened to. Now it is {p}.",
    "Complaints about waiting fell from {k} a month to 2.",
)
NEXT = (
    "Two neighbouring trusts have asked for our plan, and it is written so that anybody can use it.",
    "The work is paid for until the end of next year, and the peers now train the next group.",
    "We will publish what did not work, too.",
    "Next we go to the places that did not come to us.",
)
TOGETHER = (
    "People with lived experience led from the first meeting and hold half of the seats.",
    "Every change was read aloud to the group before it was made; three were turned down.",
    "Carers wrote the questions, and were paid for their time.",
    "Peers chose the name, the place and the hours.",
)
TITLES = [
    "The open door",
    "Steady ground",
    "Tea at four",
    "A lighter bag",
    "Second Tuesday",
    "The listening bench",
    "Same page",
    "Walk with me",
    "Small steps",
    "The blue folder",
    "Night lights",
    "Kitchen table",
    "First name terms",
    "The long way home",
    "Next of kin",
    "Time to say",
]


def person_name(number: int) -> str:
    """The name of invented person `number`; the first thousand differ."""
    return f"{FIRST[number % len(FIRST)]} {LAST[(number // len(FIRST) + number) % len(LAST)]}"


def organisation(number: int) -> tuple[str, str]:
    """(name, kind) of invented organisation `number`; the first sixty differ."""
    pattern, kind = KINDS[number // len(PLACES) % len(KINDS)]
    return pattern.format(PLACES[number % len(PLACES)]), kind


def title(number: int) -> str:
    """The title of invented entry `number`."""
    name = TITLES[number % len(TITLES)]
    round_ = number // len(TITLES)
    return name if round_ == 0 else f"{name} in {PLACES[(number * 7 + round_) % len(PLACES)]}"


def _some(random: Random, sentences: tuple[str, ...], most: int) -> str:
    chosen = random.sample(sentences, random.randint(2, most))
    numbers = {
        "n": random.randint(40, 900),
        "m": random.randint(45, 80),
        "k": random.randint(6, 30),
        "p": random.randint(82, 96),
    }
    return " ".join(chosen).format(**numbers)


def answers(random: Random) -> dict[str, str]:
    """Invented answers to the awards' questions, {question key: text}."""
    what = _some(random, WHAT, 6)
    return {
        "summary": what.partition(". ")[0] + ".",
        "what": what + "\n\n" + _some(random, WHAT, 4),
        "impact": _some(random, IMPACT, 4),
        "next": _some(random, NEXT, 3),
        "coproduction": _some(random, TOGETHER, 3),
    }


COMMENTS = (
    "",
    "",
    "Clear and honest about what did not work.",
    "I would have liked one figure from before.",
    "The people themselves are in every line.",
    "Others could begin with this tomorrow.",
)
