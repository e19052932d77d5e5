"""Runs the parts of a program one after the other in one scope, and says a word if all went well."""
import json
import os
import sys

write, leave = os.write, os._exit
task = json.load(sys.stdin)
scope = {}
for part in task["parts"]:
    exec(compile(part, "answer", "exec", dont_inherit=True), scope)
sys.stdout.flush()
write(1, ("\n" + task["word"] + "\n").encode())
# Threads that the program left do not matter any more.
leave(0)
