"""One instruction on one list of two-digit numbers or words; the answer is a list or a number."""
from .common import Item, WORDS, with_shots


def show(values):
    return ", ".join(map(str, values)) or "none"


def numbers(rng, lo=3, hi=6):
    return [rng.randint(10, 99) for _ in range(rng.randint(lo, hi))]


def words(rng, lo=3, hi=6):
    return rng.sample(WORDS, rng.randint(lo, hi))


def with_repeats(rng, values):
    values = values[:4]
    values += [rng.choice(values) for _ in range(rng.randint(1, 2))]
    rng.shuffle(values)
    return values


def unique(values):
    return list(dict.fromkeys(values))


def operation(rng):
    """Returns (instruction, list, result)."""
    op = rng.choice(("asc", "desc", "reverse", "unique", "above", "below", "even", "odd", "add", "first", "last",
                     "remove", "max", "min", "count", "sum", "sum", "join", "length"))
    xs = numbers(rng)
    either = words(rng) if rng.random() < 0.5 else xs
    if op == "asc":
        return (rng.choice(("Sort the list in ascending order.", "Put the numbers in order from smallest to largest.")),
                xs, sorted(xs))
    if op == "desc":
        return (rng.choice(("Sort the list in descending order.",
                            "Put the numbers in order from largest to smallest.")),
                xs, sorted(xs)[::-1])
    if op == "reverse":
        return rng.choice(("Reverse the list.", "Write the list backwards.")), either, either[::-1]
    if op == "unique":
        xs = with_repeats(rng, either)
        return rng.choice(("Remove the duplicates.", "Keep only the first of each repeated element.")), xs, unique(xs)
    if op == "above":
        k = rng.randint(2, 8) * 10
        return (rng.choice((f"Keep the numbers greater than {k}.", f"List all numbers above {k}.")),
                xs, [x for x in xs if x > k])
    if op == "below":
        k = rng.randint(3, 9) * 10
        return (rng.choice((f"Keep the numbers less than {k}.", f"List all numbers below {k}.")),
                xs, [x for x in xs if x < k])
    if op == "even":
        return rng.choice(("Keep only the even numbers.", "Remove the odd numbers.")), xs, [x for x in xs if x % 2 == 0]
    if op == "odd":
        return rng.choice(("Keep only the odd numbers.", "Remove the even numbers.")), xs, [x for x in xs if x % 2]
    if op == "add":
        k = rng.randint(1, 9)
        return rng.choice((f"Add {k} to every number.", f"Increase each number by {k}.")), xs, [x + k for x in xs]
    if op == "first":
        k = rng.randint(1, len(either) - 1)
        return rng.choice((f"Take the first {k} elements.", f"Keep the first {k} elements.")), either, either[:k]
    if op == "last":
        k = rng.randint(1, len(either) - 1)
        return rng.choice((f"Take the last {k} elements.", f"Keep the last {k} elements.")), either, either[-k:]
    if op == "remove":
        ws = words(rng)
        k = rng.choice(ws)
        return rng.choice((f"Remove {k} from the list.", f"Leave out {k}.")), ws, [x for x in ws if x != k]
    if op == "max":
        return rng.choice(("Find the largest number.", "What is the maximum?")), xs, max(xs)
    if op == "min":
        return rng.choice(("Find the smallest number.", "What is the minimum?")), xs, min(xs)
    if op == "count":
        xs = with_repeats(rng, either)
        k = rng.choice(xs)
        return f"How many times does {k} occur?", xs, xs.count(k)
    if op == "length":
        return (rng.choice(("How many elements are in the list?", "What is the length of the list?")),
                either, len(either))
    if op == "join":
        ys = numbers(rng, 1, 2)
        return f"Append {show(ys)} to the list.", xs[:4], xs[:4] + ys
    return rng.choice(("Find the sum of the numbers.", "Add up all the numbers.")), xs[:4], "sum"


def plain(rng):
    instruction, xs, out = operation(rng)
    if out == "sum":
        lines, total = [], xs[0]
        for x in xs[1:]:
            lines.append(f"{total} + {x} = {total + x}")
            total += x
        answer = str(total)
        response = "\n".join(lines) + f"\n#### {total}"
    else:
        answer = show(out) if isinstance(out, list) else str(out)
        response = f"#### {answer}"
    question = f"{instruction}\nList: {show(xs)}" if rng.random() < 0.5 else f"List: {show(xs)}\n{instruction}"
    return Item("lists", question, response, answer, question)


def generate(rng):
    return with_shots(rng, plain(rng), plain, head="Input: ", tail="Output:")
