"""A real Bluesky network to follow a journey by hand: `python -m tests.servers.bluesky`, Enter to stop."""

import sys

from tests.servers.bluesky.network import BlueskyNetwork, Record, bluesky_network
from tests.servers.parts import PartMissing

PEOPLE = ("levain", "anna", "bruno")


def main() -> None:
    """Start it, print what a connection form asks for, and let lines such as `anna: Bonjour` be posted."""
    with bluesky_network() as network:
        print(f"Server to connect to: {network.pds_url}\nApplication view:     {network.appview_url}")
        for name in PEOPLE:
            person = network.account(name)
            print(f"  {person.handle:14} app password {person.app_password}")
        print("`anna: text` posts as her; `anna> text` replies to the newest post of levain; an empty line stops.")
        for line in iter(lambda: sys.stdin.readline().strip(), ""):
            _play(line, network)


def _play(line: str, network: BlueskyNetwork) -> None:
    name, mark, text = line.partition(":") if ":" in line.split(" ")[0] else line.partition(">")
    if not mark or name.strip() not in PEOPLE:
        print("Not understood.")
        return
    person = network.account(name.strip())
    if mark == ":":
        network.post_as(person, text.strip())
        return
    posts = network.posts_of(network.account("levain"))
    if not posts:
        print("levain has not posted yet.")
        return
    network.reply_as(person, text.strip(), to=Record(posts[0]["uri"], posts[0]["cid"]))


if __name__ == "__main__":
    try:
        main()
    except PartMissing as missing:
        sys.exit(str(missing))
