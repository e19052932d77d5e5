"""Keeps of a text what one function of it and its tests need.

The rules are those of d2Cache's HumanEval task, so that scores can be compared: of the first 100
lines the run that parses and has most filled lines, the first of several; of that the imports,
and the classes, functions that return something and variables that can be reached from the
function by name. There is one more rule, for HumanEval/38 and 50: what the tests name can be
reached as well, for they call a function that the prompt gives.
"""
import ast
import json
import sys
import warnings

MOST_LINES = 100


def tidy(text):
    text = text.replace("\t", "    ").replace("\r\n", "\n").replace("\r", "\n")
    return text.strip() + "\n"


def parsed(text):
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None


def longest_program(lines):
    filled = [0]
    for line in lines:
        filled.append(filled[-1] + bool(line.strip()))
    runs = [(start, end) for start in range(len(lines)) for end in range(start + 1, len(lines) + 1)
            if filled[end] > filled[start]]
    runs.sort(key=lambda run: filled[run[0]] - filled[run[1]])
    trees = (parsed("\n".join(lines[start:end])) for start, end in runs)
    return next((tree for tree in trees if tree is not None), ast.parse(""))


def names(node):
    """Of an attribute its own name counts, not what it belongs to."""
    found, open_nodes = set(), [node]
    while open_nodes:
        for child in ast.iter_child_nodes(open_nodes.pop()):
            if isinstance(child, ast.Name):
                found.add(child.id)
            elif isinstance(child, ast.Attribute):
                found.add(child.attr)
            else:
                open_nodes.append(child)
    return found


def defined_name(node):
    if isinstance(node, ast.ClassDef):
        return node.name
    if isinstance(node, ast.FunctionDef):
        returns = any(isinstance(part, ast.Return) for part in ast.walk(node))
        return node.name if returns else None
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    return None


def reachable(starts, definitions):
    reached, waiting = set(), list(starts)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            if name in definitions:
                waiting.extend(names(definitions[name]))
    return reached


def sanitized(text, entry_point, tests=""):
    body = longest_program(tidy(text).splitlines()[:MOST_LINES]).body
    definitions = {defined_name(node): node for node in body if defined_name(node)}
    wanted = reachable({entry_point} | names(parsed(tests) or ast.parse("")), definitions)
    kept = [node for node in body if isinstance(node, (ast.Import, ast.ImportFrom))]
    kept += [node for name, node in definitions.items() if name in wanted]
    return "\n".join(map(ast.unparse, kept))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    task = json.load(sys.stdin)
    print(sanitized(task["text"], task["entry_point"], task["tests"]))
