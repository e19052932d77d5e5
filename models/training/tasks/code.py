"""HumanEval-like functions: signature and docstring in, body out; scored by running asserts."""
from .code_families import FAMILIES
from .common import Item

WORDS = ("apple river stone cloud green table window garden yellow train market pencil silver forest bridge "
         "candle orange winter basket copper mirror button ladder dragon island pepper rocket violet hammer "
         "jacket kettle lemon meadow needle oyster parrot quartz ribbon saddle tiger umbrella velvet wagon "
         "zebra anchor barrel castle desert engine falcon guitar harbor iron jungle kitten lantern magnet "
         "nectar olive pillow queen rabbit salmon temple valley walnut acorn blossom canyon dolphin ember "
         "feather goblet").split()
ARGS = {
    "ints": ("numbers", "values", "nums", "data", "items"),
    "str": ("text", "s", "sentence", "phrase", "line"),
    "words": ("words", "names", "tokens", "strings"),
    "dict": ("scores", "prices", "counts", "table"),
    "n": ("n", "k", "limit", "size"),
    "m": ("a", "x", "first"),
    "m2": ("b", "y", "second"),
    "ints2": ("others", "ys", "more"),
}


def value(rng, kind):
    if kind in ("ints", "ints2"):
        return [rng.randint(-20, 60) for _ in range(rng.randint(3, 6))]
    if kind == "str":
        return " ".join(rng.sample(WORDS, rng.randint(1, 3)))
    if kind == "words":
        return rng.sample(WORDS, rng.randint(3, 5))
    if kind == "dict":
        return {w: rng.randint(1, 50) for w in rng.sample(WORDS, rng.randint(2, 4))}
    if kind == "n":
        return rng.randint(1, 6)
    return rng.randint(1, 40)


KEEP = [("even ", "x % 2 == 0"), ("odd ", "x % 2 != 0"), ("positive ", "x > 0"), ("negative ", "x < 0"), ("", None)]
CHANGE = [("the squares of ", "x * x"), ("twice ", "x * 2"), ("the absolute values of ", "abs(x)"),
          ("{k} plus ", "x + {k}"), ("{k} times ", "x * {k}"), ("", "x")]
GATHER = [("Return the sum of {what}.", "sum"), ("Return the number of {what}.", "count"),
          ("Return the list of {what}.", "list"), ("Return {what}, sorted.", "sorted")]


def composed(rng):
    """A loop that filters, changes and gathers: 5 x 6 x 4 combinations of parts."""
    (adj, test), (pre, expr), (doc, how) = rng.choice(KEEP), rng.choice(CHANGE), rng.choice(GATHER)
    if how == "count":
        pre, expr = "", "x"
    doc = doc.replace("{what}", pre + "the " + adj + rng.choice(("elements", "values", "numbers")) + " in {0}")
    start = {"sum": "total = 0", "count": "count = 0"}.get(how, "result = []")
    act = {"sum": f"total += {expr}", "count": "count += 1"}.get(how, f"result.append({expr})")
    end = {"sum": "return total", "count": "return count", "list": "return result",
           "sorted": "return sorted(result)"}[how]
    loop = f"for x in {{0}}:\n    " + (f"if {test}:\n        {act}" if test else act)
    verb, noun = rng.choice(("compute", "process", "collect", "handle")), rng.choice(("items", "values", "list"))
    name = "_".join(w for w in (verb, adj.strip(), noun) if w)
    return ["ints"], [name], [doc], f"{start}\n{loop}\n{end}"


def generate(rng):
    kinds, names, docs, body = composed(rng) if rng.random() < 0.2 else rng.choice(FAMILIES)
    args = []
    for kind in kinds:
        args.append(rng.choice([a for a in ARGS[kind] if a not in args]))
    k = rng.randint(2, 9) if "% {k}" in body or "* {k}" in body else rng.randint(2, 40)
    fill = {"k": k, "j": rng.randint(3, 6), "c": rng.choice("abcdeilmnorst")}
    name, doc = rng.choice(names), rng.choice(docs).format(*args, **fill)
    body = "\n".join("    " + line for line in body.format(*args, **fill).split("\n"))
    head = f"def {name}({', '.join(args)}):"
    scope = {}
    exec(head + "\n" + body, scope)

    def case():
        inputs = [value(rng, kind) for kind in kinds]
        shown = ", ".join(map(repr, inputs))
        return f"{name}({shown})", repr(scope[name](*inputs))

    examples = [case() for _ in range(rng.randint(1, 2))]
    doctest = "".join(f"    >>> {call}\n    {out}\n" for call, out in examples)
    signature = f'{head}\n    """{doc}\n{doctest}    """\n'
    tests = [f"assert {call} == {out}" for call, out in (case() for _ in range(4))]
    user = f"Complete the function.\n{signature.rstrip()}"
    return Item("code", user, body, body, head + doc, tests=tests, entry_point=name, signature=signature)
