"""What the task generators share: the item record and the word lists."""
from dataclasses import dataclass, field

NAMES = ("Maria James Olivia Daniel Sofia Henry Emma Lucas Grace Oscar Nina Peter Clara Felix Ruth Simon "
         "Laura Martin Helen Victor Alice Bruno Diana Edgar Flora George Hanna Isaac Julia Kevin Lena Marcus "
         "Nora Owen Paula Ralph Sarah Thomas Ursula Walter Anna Boris Celia David Elena Frank Gloria Hugo "
         "Irene Jacob Karen Leon Monica Nathan Petra Quentin Rosa Samuel Tina Ulrich Vera William Yasmin Zoe "
         "Adam Betty Colin Doris Eric Fiona Gavin Heidi").split()
THINGS = ("apples books pencils marbles stickers stamps coins cards shells buttons ribbons candles cookies "
          "oranges pears lemons eggs plums tickets badges beads bottles cups plates spoons balloons crayons "
          "notebooks magnets stones toys photos postcards flowers seeds bricks nails screws lamps towels").split()
WORDS = ("river cloud green table window garden yellow train pencil silver forest candle basket copper mirror "
         "button ladder island rocket violet hammer jacket kettle lemon oyster parrot quartz ribbon tiger "
         "umbrella velvet wagon zebra engine falcon harbor iron jungle kitten lantern pillow valley walnut "
         "blossom canyon dolphin ember").split()


@dataclass
class Item:
    task: str
    user: str                      # content of the user turn
    response: str                  # reference answer, without end tokens
    answer: str                    # what the scorer looks for
    key: str                       # what must not repeat between splits (the question without its shots)
    shots: int = 0
    shot_keys: tuple = ()
    system: str = ""
    document_id: str = ""
    tests: list = field(default_factory=list)
    entry_point: str = ""
    signature: str = ""            # code only: text that the response continues

    def messages(self):
        turns = [{"role": "system", "content": self.system}] if self.system else []
        return turns + [{"role": "user", "content": self.user}]


def with_shots(rng, item, make_shot, head="Question: ", tail="Answer:"):
    """Puts 0-4 solved examples of the same kind before the question (two thirds of the items have none)."""
    k = rng.choice((0,) * 8 + (1, 2, 3, 4))
    if k == 0:
        return item
    parts, keys = [], []
    for _ in range(k):
        shot = make_shot(rng)
        keys.append(shot.key)
        parts.append(f"{head}{shot.key}\n{tail} {shot.response}\n\n")
    item.user = "".join(parts) + f"{head}{item.key}\n{tail}"
    item.shots, item.shot_keys = k, tuple(keys)
    return item
