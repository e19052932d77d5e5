"""A long document and a question about 1-3 of its entries; the document serves many questions."""
import hashlib
from .common import Item, NAMES, THINGS, WORDS

TOWNS = ("Harwick Selby Marlow Denton Ashford Kendal Burnley Thorpe Wexham Oakley Ridley Stanton Bexley "
         "Camden Dover Epsom Farley Gorton Hexham Ilford Keswick Luton Morley Newby Olney Penrith Redcar "
         "Selkirk Tilbury Walton Adler Baker Castro Dunn Evans Fischer Garcia Hughes Jensen Keller Lopez "
         "Moreau Novak Olsen Porter Quinn Rossi Turner").split()
ROLES = ("accountant engineer designer nurse lawyer cook driver teacher analyst editor manager clerk chemist "
         "planner tester trainer").split()
GOODS = sorted(set(THINGS) | set(WORDS))
SHOPS = ("Bishop Carter Dalton Ellis Foster Grant Harper Irwin Jordan Knight Larsen Mason Nolan Parker Reed "
         "Stone Taylor Walsh").split()


def price_list(rng, n):
    rows = [{"name": g, "price": rng.randint(10, 99), "stock": rng.randint(10, 60)} for g in rng.sample(GOODS, n)]
    head = f"Price list of the {rng.choice(SHOPS)} store."
    return head, rows, [f"- {r['name']}: {r['price']} dollars, {r['stock']} in stock" for r in rows]


def timetable(rng, n):
    rows = [{"name": t, "at": f"{rng.randint(10, 23)}:{rng.randint(0, 59):02d}", "minutes": rng.randint(10, 95),
             "platform": rng.randint(1, 9)} for t in rng.sample(TOWNS, n)]
    head = f"Trains of {rng.choice(SHOPS)} station."
    return head, rows, [f"- {r['name']}: at {r['at']}, {r['minutes']} minutes, platform {r['platform']}" for r in rows]


def directory(rng, n):
    rows = [{"name": a, "role": rng.choice(ROLES), "room": rng.randint(100, 699), "years": rng.randint(10, 40)}
            for a in rng.sample(NAMES, n)]
    head = f"Staff of {rng.choice(SHOPS)} and Sons."
    return head, rows, [f"- {r['name']}: {r['role']}, room {r['room']}, {r['years']} years" for r in rows]


# (maker, most entries, plain questions as (field, text), number field, its sum question, its comparison question)
KINDS = (
    (price_list, 70, (("price", "How many dollars does the {} cost?"), ("stock", "How many of the {} are in stock?")),
     "price", "What is the total price of {}?", "Which is more expensive, {}?", "the "),
    (timetable, 45, (("at", "When does the train to {} leave?"),
                     ("platform", "From which platform does the train to {} leave?"),
                     ("minutes", "How many minutes does the train to {} take?")),
     "minutes", "How many minutes do the trains to {} take in total?", "Which train takes longer, {}?", ""),
    (directory, 64, (("role", "What is the role of {}?"), ("room", "In which room is {}?"),
                     ("years", "How many years has {} worked here?")),
     "years", "How many years have {} worked here in total?", "Who has worked here longer, {}?", ""),
)


def one(rng, rows, plain):
    field, text = rng.choice(plain)
    r = rng.choice(rows)
    return text.format(r["name"]), [f"- {r['name']}: {r[field]}"], r[field]


def total(rng, rows, field, text, article):
    picked = rng.sample(rows, min(len(rows), rng.choice((2, 2, 3))))
    names = [article + r["name"] for r in picked]
    lines = [f"- {r['name']}: {r[field]}" for r in picked]
    value = picked[0][field]
    for r in picked[1:]:
        lines.append(f"{value} + {r[field]} = {value + r[field]}")
        value += r[field]
    return text.format(", ".join(names[:-1]) + " and " + names[-1]), lines, value


def compare(rng, rows, field, text, article):
    r, s = rng.sample(rows, 2)
    while r[field] == s[field]:
        r, s = rng.sample(rows, 2)
    lines = [f"- {x['name']}: {x[field]}" for x in (r, s)]
    more = max((r, s), key=lambda x: x[field])
    return text.format(f"{article}{r['name']} or {article}{s['name']}"), lines, more["name"]


def many(rng, rows, plain):
    """Training only: one field of up to 9 entries, so that one document gives many retrievals."""
    field, _ = rng.choice(plain)
    picked = rng.sample(rows, min(len(rows), rng.randint(2, 9)))
    names = ", ".join(r["name"] for r in picked)
    return f"List the {field} of {names}.", [f"- {r['name']}: {r[field]}" for r in picked], len(picked)


def copied(rng, rows, lines):
    """Training only: up to 9 whole entries word for word, the plainest form of finding a place by its name."""
    picked = rng.sample(range(len(rows)), min(len(rows), rng.randint(1, 9)))
    names = ", ".join(rows[i]["name"] for i in picked)
    return f"Copy the lines of {names}.", [lines[i] for i in picked], len(picked)


def document(rng, n):
    """Returns (text, a function rng -> Item)."""
    make, most, plain, field, total_text, compare_text, article = rng.choice(KINDS)
    head, rows, lines = make(rng, min(n, most))
    text = head + "\n" + "\n".join(lines)
    doc_id = "doc-" + hashlib.sha256(text.encode()).hexdigest()[:10]
    differ = len({r[field] for r in rows}) > 1

    def question(rng, ask_many=False):
        kind = rng.choice(("many", "copied") if ask_many else ("one", "one", "one", "total", "compare"))
        if kind == "many":
            q, work, answer = many(rng, rows, plain)
        elif kind == "copied":
            q, work, answer = copied(rng, rows, lines)
        elif kind == "one":
            q, work, answer = one(rng, rows, plain)
        elif kind == "total" or not differ:
            q, work, answer = total(rng, rows, field, total_text, article)
        else:
            q, work, answer = compare(rng, rows, field, compare_text, article)
        response = "\n".join(work) + f"\n#### {answer}"
        return Item("lookup", f"{text}\n\nQuestion: {q}", response, str(answer), text + q, document_id=doc_id)

    return text, question


def some_document(rng, most=70):
    """Training documents: 2 to `most` entries, log-uniform, so that short ones teach retrieval first."""
    return document(rng, round(2 * (most / 2) ** rng.random()))


def generate(rng):
    return some_document(rng)[1](rng)
