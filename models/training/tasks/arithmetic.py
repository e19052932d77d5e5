"""Grade-school word problems: 2-5 steps, one equation a line, last line `#### n`."""
from .common import Item, NAMES, THINGS, with_shots


class Work:
    """Collects the lines of a worked answer and keeps the arithmetic honest."""

    def __init__(self):
        self.lines = []

    def step(self, label, a, op, b):
        value = {"+": a + b, "-": a - b, "*": a * b, "/": a // b if b else 0}[op]
        assert value >= 0 and (op != "/" or a % b == 0), (a, op, b)
        self.lines.append(f"{label}: {a} {op} {b} = {value}")
        return value

    def done(self, value):
        return "\n".join(self.lines) + f"\n#### {value}", str(value)


def divisor(rng, n, lo=2, hi=9):
    found = [d for d in range(lo, hi + 1) if n % d == 0 and n > d]
    return rng.choice(found) if found else None


def collection(rng):
    a, b = rng.sample(NAMES, 2)
    t = rng.choice(THINGS)
    w = Work()
    n = rng.randint(5, 40)
    text = [rng.choice((f"{a} has {n} {t}.", f"{a} starts the week with {n} {t}.", f"There are {n} {t} in {a}'s box."))]
    for _ in range(rng.choice((2, 2, 3, 3, 4))):
        kind = rng.choice(("buy", "give", "lose", "double", "bags", "half", "find"))
        if kind == "buy":
            k = rng.randint(2, 20)
            text.append(rng.choice((f"{a} buys {k} more {t}.", f"Then {a} gets {k} more from the shop.")))
            n = w.step("After buying", n, "+", k)
        elif kind == "find":
            k = rng.randint(2, 20)
            text.append(rng.choice((f"{a} finds {k} {t} at home.", f"{b} sends {a} {k} {t}.")))
            n = w.step("After getting more", n, "+", k)
        elif kind in ("give", "lose") and n > 6:
            k = rng.randint(2, n - 2)
            text.append(f"{a} gives {k} {t} to {b}." if kind == "give" else f"{a} loses {k} of them.")
            n = w.step("After giving" if kind == "give" else "After losing", n, "-", k)
        elif kind == "double" and n < 50:
            text.append(f"The next day {a} doubles the number of {t}.")
            n = w.step("Doubled", n, "*", 2)
        elif kind == "half" and n % 2 == 0 and n > 6:
            text.append(f"{a} sells half of the {t}.")
            n = w.step("Half", n, "/", 2)
        else:
            k, m = rng.randint(2, 5), rng.randint(2, 9)
            text.append(f"{b} brings {k} bags with {m} {t} each.")
            n = w.step("With the bags", n, "+", w.step("In bags", k, "*", m))
    d = divisor(rng, n)
    if d and rng.random() < 0.4:
        n = w.step("Each gets", n, "/", d)
        text.append(rng.choice((f"The {t} are then shared equally among {d} children. How many does each child get?",
                                f"{a} packs all of them into {d} equal boxes. How many {t} are in each box?")))
    else:
        text.append(rng.choice((f"How many {t} does {a} have now?", f"How many {t} are left for {a} at the end?")))
    return " ".join(text), w.done(n)


def shopping(rng):
    a = rng.choice(NAMES)
    w = Work()
    kinds = rng.sample(THINGS, rng.choice((2, 2, 3)))
    parts, total = [], None
    for t in kinds:
        c, p = rng.randint(2, 9), rng.randint(2, 9)
        parts.append(f"{c} {t} at {p} dollars each")
        cost = w.step(f"Cost of {t}", c, "*", p)
        total = cost if total is None else w.step("Total", total, "+", cost)
    text = f"{a} buys " + ", ".join(parts[:-1]) + f" and {parts[-1]}."
    mode = rng.choice(("total", "change", "coupon", "split"))
    if mode == "change":
        paid = rng.choice([x for x in (100, 200, 300) if x > total])
        total = w.step("Change", paid, "-", total)
        ask = f"{a} pays with {paid} dollars. How much change does {a} get?"
    elif mode == "coupon":
        off = rng.randint(2, min(20, total - 1))
        total = w.step("With the coupon", total, "-", off)
        ask = f"A coupon takes {off} dollars off. How many dollars does {a} pay?"
    elif mode == "split" and divisor(rng, total):
        d = divisor(rng, total)
        total = w.step("Each pays", total, "/", d)
        ask = f"The bill is split equally among {d} friends. How many dollars does each friend pay?"
    else:
        ask = rng.choice((f"How many dollars does {a} spend?", "What is the total cost in dollars?"))
    return f"{text} {ask}", w.done(total)


def comparison(rng):
    a, b, c = rng.sample(NAMES, 3)
    t = rng.choice(THINGS)
    w = Work()
    x = rng.randint(4, 30)
    text = [f"{a} has {x} {t}."]

    def other(who, base_name, base):
        kind = rng.choice(("more", "fewer", "times"))
        if kind == "times" and base <= 30:
            k = rng.randint(2, 3)
            text.append(f"{who} has {k} times as many as {base_name}.")
            return w.step(who, base, "*", k)
        if kind == "fewer" and base > 5:
            k = rng.randint(2, base - 2)
            text.append(f"{who} has {k} fewer than {base_name}.")
            return w.step(who, base, "-", k)
        k = rng.randint(2, 20)
        text.append(f"{who} has {k} more than {base_name}.")
        return w.step(who, base, "+", k)

    y = other(b, a, x)
    mode = rng.choice(("two", "three", "three", "difference"))
    if mode == "two":
        text.append(f"How many {t} do {a} and {b} have together?")
        return " ".join(text), w.done(w.step("Together", x, "+", y))
    z = other(c, b, y)
    if mode == "difference":
        hi, lo, hn, ln = (z, x, c, a) if z >= x else (x, z, a, c)
        if hi > lo:
            text.append(f"How many more {t} does {hn} have than {ln}?")
            return " ".join(text), w.done(w.step("Difference", hi, "-", lo))
    text.append(f"How many {t} do the three of them have in all?")
    return " ".join(text), w.done(w.step("All three", w.step("Two of them", x, "+", y), "+", z))


def wages(rng):
    a = rng.choice(NAMES)
    w = Work()
    r, h, d = rng.randint(5, 12), rng.randint(2, 5), rng.randint(2, 4)
    job = rng.choice(("in a cafe", "in a garden", "as a painter", "at a farm", "as a tutor"))
    text = f"{a} works {job} for {r} dollars an hour, {h} hours a day, for {d} days."
    n = w.step("Pay", w.step("A day", h, "*", r), "*", d)
    mode = rng.choice(("plain", "spend", "bonus", "both"))
    if mode in ("bonus", "both"):
        k = rng.randint(5, 50)
        text += f" At the end {a} gets a bonus of {k} dollars."
        n = w.step("With the bonus", n, "+", k)
    if mode in ("spend", "both"):
        k = rng.randint(5, min(90, n - 2))
        text += f" {a} spends {k} dollars on a gift."
        n = w.step("After the gift", n, "-", k)
        return text + f" How many dollars does {a} have left?", w.done(n)
    return text + f" How many dollars does {a} earn?", w.done(n)


def rows(rng):
    a = rng.choice(NAMES)
    t = rng.choice(("roses", "tulips", "trees", "tomatoes", "carrots", "beans", "cabbages", "melons"))
    w = Work()
    r, c = rng.randint(3, 9), rng.randint(3, 8)
    text = f"{a} plants {r} rows of {t} with {c} in each row."
    n = w.step("Planted", r, "*", c)
    k = rng.randint(2, n - 2)
    text += rng.choice((f" {k} of them die.", f" A storm destroys {k} of them."))
    n = w.step("Left", n, "-", k)
    if rng.random() < 0.5:
        p = rng.randint(2, 4)
        n = w.step("Money", n, "*", p)
        return text + f" The rest are sold for {p} dollars each. How many dollars does {a} get?", w.done(n)
    k = rng.randint(2, 30)
    n = w.step("With new ones", n, "+", k)
    return text + f" Later {a} plants {k} new {t}. How many {t} are there now?", w.done(n)


def reading(rng):
    a = rng.choice(NAMES)
    w = Work()
    d1, k = rng.randint(5, 30), rng.randint(2, 3)
    d2 = w.step("Tuesday", d1, "*", k)
    read = w.step("Both days", d1, "+", d2)
    per = rng.randint(4, 12)
    days = rng.randint(2, 9)
    if rng.random() < 0.5:
        total = read + per * days
        w2 = w.step("Left", total, "-", read)
        text = (f"{a} reads a book of {total} pages. On Monday {a} reads {d1} pages and on Tuesday {k} times as many. "
                f"After that {a} reads {per} pages a day. How many more days does {a} need?")
        return text, w.done(w.step("Days", w2, "/", per))
    total = read + rng.randint(5, 90)
    text = (f"A book has {total} pages. {a} reads {d1} pages on Monday and {k} times as many on Tuesday. "
            "How many pages are left to read?")
    return text, w.done(w.step("Left", total, "-", read))


def bakery(rng):
    a = rng.choice(NAMES)
    t = rng.choice(("muffins", "rolls", "cookies", "buns", "pies", "cakes"))
    w = Work()
    k, boxes = rng.randint(2, 8), rng.randint(3, 12)
    eaten = rng.randint(1, 15)
    need = k * boxes + eaten
    trays = divisor(rng, need, 2, 12)
    if trays is None:
        eaten += 1 if need % 2 else 0
        need = k * boxes + eaten
        trays = 2
    n = w.step("Baked", trays, "*", need // trays)
    n = w.step("Not eaten", n, "-", eaten)
    n = w.step("Boxes", n, "/", k)
    text = (f"{a} bakes {trays} trays of {need // trays} {t}. The family eats {eaten} of them and "
            f"the rest are packed into boxes of {k}.")
    if rng.random() < 0.5:
        p = rng.randint(2, 12)
        n = w.step("Money", n, "*", p)
        return text + f" Each box sells for {p} dollars. How many dollars does {a} get?", w.done(n)
    return text + f" How many boxes does {a} fill?", w.done(n)


def travel(rng):
    a = rng.choice(NAMES)
    w = Work()
    s1, h1, s2, h2 = rng.randint(3, 9) * 10, rng.randint(2, 5), rng.randint(3, 9) * 10, rng.randint(2, 5)
    how = rng.choice(("drives", "rides a train", "travels by bus"))
    text = f"{a} {how} at {s1} km per hour for {h1} hours and then at {s2} km per hour for {h2} hours."
    n = w.step("Distance", w.step("First part", s1, "*", h1), "+", w.step("Second part", s2, "*", h2))
    if rng.random() < 0.5:
        total = n + rng.randint(1, 20) * 10
        return text + f" The whole trip is {total} km. How many km are left?", w.done(w.step("Left", total, "-", n))
    return text + f" How many km does {a} travel?", w.done(n)


def savings(rng):
    a, b = rng.sample(NAMES, 2)
    w = Work()
    s, k, g = rng.randint(3, 12), rng.randint(3, 9), rng.randint(5, 40)
    n = w.step("Saved", s, "*", k)
    text = f"{a} saves {s} dollars a week for {k} weeks. {b} gives {a} {g} dollars."
    n = w.step("With the gift", n, "+", g)
    if rng.random() < 0.3:
        h = rng.randint(2, min(60, n - 2))
        text += f" {a} spends {h} dollars on a book."
        n = w.step("After the book", n, "-", h)
    if rng.random() < 0.5 and n > 12:
        c = rng.randint(5, n - 2)
        n = w.step("Left", n, "-", c)
        return text + f" Then {a} buys a bag for {c} dollars. How much money is left?", w.done(n)
    c = n + rng.randint(3, 90)
    n = w.step("Needed", c, "-", n)
    return text + f" {a} wants a bike that costs {c} dollars. How many more dollars are needed?", w.done(n)


def classroom(rng):
    w = Work()
    g, k, m = rng.randint(2, 6), rng.randint(2, 6), rng.randint(2, 4)
    t = rng.choice(("sheets", "pencils", "books", "cards", "crayons"))
    n = w.step("Needed", w.step("Students", g, "*", k), "*", m)
    text = f"A class has {g} groups of {k} students. Each student needs {m} {t}."
    if rng.random() < 0.5:
        have = rng.randint(1, n - 1)
        n = w.step("To buy", n, "-", have)
        return text + f" The school already has {have}. How many {t} must it buy?", w.done(n)
    extra = rng.randint(2, 40)
    n = w.step("In all", n, "+", extra)
    return text + f" The teacher keeps {extra} more as spares. How many {t} are there in all?", w.done(n)


def tank(rng):
    w = Work()
    s, r, m = rng.randint(5, 60), rng.randint(3, 9), rng.randint(3, 9)
    n = w.step("After filling", s, "+", w.step("Flows in", r, "*", m))
    r2 = rng.randint(2, 9)
    m2 = rng.randint(2, min(9, (n - 1) // r2)) if (n - 1) // r2 >= 2 else 1
    out = w.step("Flows out", r2, "*", m2)
    text = (f"A tank holds {s} liters. Water flows in at {r} liters per minute for {m} minutes. "
            f"Then it drains at {r2} liters per minute for {m2} minutes. How many liters are in the tank?")
    return text, w.done(w.step("Left", n, "-", out))


def ages(rng):
    a, b, c = rng.sample(NAMES, 3)
    w = Work()
    x, k = rng.randint(3, 20), rng.randint(2, 4)
    y = w.step(b, x, "*", k)
    z = rng.randint(1, y - 1)
    text = f"{a} is {x} years old. {b} is {k} times as old as {a}. {c} is {z} years younger than {b}."
    v = w.step(c, y, "-", z)
    if rng.random() < 0.5:
        q = rng.randint(2, 20)
        return text + f" How old will {c} be in {q} years?", w.done(w.step(f"In {q} years", v, "+", q))
    return text + f" What is the sum of the ages of {b} and {c}?", w.done(w.step("Sum", y, "+", v))


def farm(rng):
    a = rng.choice(NAMES)
    w = Work()
    c, d = rng.randint(3, 30), rng.randint(3, 15)
    two = rng.choice(("chickens", "ducks", "geese"))
    four = rng.choice(("cows", "sheep", "goats", "pigs"))
    n = w.step("Legs", w.step(f"Legs of {two}", c, "*", 2), "+", w.step(f"Legs of {four}", d, "*", 4))
    text = f"{a}'s farm has {c} {two} with 2 legs and {d} {four} with 4 legs."
    return text + " How many legs do the animals have in all?", w.done(n)


def tickets(rng):
    w = Work()
    na, pa, nc, pc = rng.randint(2, 9), rng.randint(5, 12), rng.randint(2, 9), rng.randint(2, 9)
    place = rng.choice(("zoo", "museum", "cinema", "circus", "park"))
    n = w.step("Total", w.step("Adults", na, "*", pa), "+", w.step("Children", nc, "*", pc))
    text = (f"A {place} charges {pa} dollars for an adult and {pc} dollars for a child."
            f" {na} adults and {nc} children go in.")
    if rng.random() < 0.5:
        off = rng.randint(2, n - 2) if n < 40 else rng.randint(5, 30)
        n = w.step("After the discount", n, "-", off)
        return text + f" They get {off} dollars off. How many dollars do they pay?", w.done(n)
    return text + " How many dollars do they pay?", w.done(n)


def hotel(rng):
    a = rng.choice(NAMES)
    w = Work()
    k, p, m, q = rng.randint(2, 5), rng.randint(2, 9) * 10, rng.randint(2, 9), rng.randint(5, 12)
    n = w.step("Total", w.step("Nights", k, "*", p), "+", w.step("Meals", m, "*", q))
    text = f"{a} stays {k} nights at a hotel for {p} dollars a night and eats {m} meals for {q} dollars each."
    d = divisor(rng, n, 2, 5)
    if d and rng.random() < 0.5:
        n = w.step("Each", n, "/", d)
        return text + f" The cost is shared by {d} people. How many dollars does each pay?", w.done(n)
    return text + " How many dollars is that in all?", w.done(n)


def factory(rng):
    w = Work()
    m, r, h = rng.randint(2, 6), rng.randint(2, 8), rng.randint(2, 4)
    t = rng.choice(("toys", "chairs", "lamps", "shirts", "bottles"))
    n = w.step("Made", w.step("Per hour", m, "*", r), "*", h)
    d = rng.randint(1, min(n - 1, 60))
    text = f"A factory has {m} machines. Each makes {r} {t} an hour. They run for {h} hours and {d} {t} are broken."
    n = w.step("Good", n, "-", d)
    k = divisor(rng, n)
    if k and rng.random() < 0.5:
        n = w.step("Boxes", n, "/", k)
        return text + f" The good ones are packed {k} to a box. How many boxes are there?", w.done(n)
    return text + f" How many good {t} are there?", w.done(n)


def library(rng):
    w = Work()
    s, b = rng.randint(3, 9), rng.randint(5, 12)
    n = w.step("On shelves", s, "*", b)
    lent = rng.randint(2, n - 2)
    back = rng.randint(1, lent)
    text = (f"A library has {s} shelves with {b} books each. On Monday {lent} books are lent"
            f" and on Friday {back} come back. How many books are on the shelves?")
    n = w.step("After lending", n, "-", lent)
    return text, w.done(w.step("After returns", n, "+", back))


def bus(rng):
    w = Work()
    n = rng.randint(5, 40)
    text = [rng.choice((f"A bus leaves with {n} people.", f"A train starts with {n} people on board."))]
    for i in range(rng.randint(1, 2)):
        off, on = rng.randint(1, n - 1), rng.randint(1, 20)
        text.append(f"At the {('first', 'second')[i]} stop {off} get off and {on} get on.")
        n = w.step("Get off", n, "-", off)
        n = w.step("Get on", n, "+", on)
    text.append("How many people are on board now?")
    return " ".join(text), w.done(n)


def game(rng):
    a, b = rng.sample(NAMES, 2)
    w = Work()
    k1, p1, k2, p2 = rng.randint(2, 9), rng.randint(2, 10), rng.randint(2, 9), rng.randint(2, 10)
    x, y = w.step(a, k1, "*", p1), w.step(b, k2, "*", p2)
    text = f"In a game {a} wins {k1} rounds of {p1} points each and {b} wins {k2} rounds of {p2} points each."
    if x == y or rng.random() < 0.4:
        return text + " How many points do they have together?", w.done(w.step("Together", x, "+", y))
    hi, lo, hn, ln = (x, y, a, b) if x > y else (y, x, b, a)
    return text + f" How many more points does {hn} have than {ln}?", w.done(w.step("Difference", hi, "-", lo))


STORIES = (collection, collection, collection, shopping, shopping, comparison, comparison, wages, rows, reading, bakery,
           travel, savings, classroom, tank, ages, farm, tickets, hotel, factory, library, bus, game)


def plain(rng):
    while True:
        question, (response, answer) = rng.choice(STORIES)(rng)
        if len(response) <= 165:           # keeps the answer within 128 tokens
            break
    return Item("arithmetic", question, response, answer, question)


def generate(rng):
    return with_shots(rng, plain(rng), plain)
