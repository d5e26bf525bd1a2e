"""Reads a list of defects (Tests/Mutations) and makes one of them in a copy of the sources.

usage: mutate.py LIST FOLDER --count | --name INDEX | --make INDEX
"""
import pathlib
import sys


def blocks(text):
    """The defects: name, old text, new text."""
    for block in text.split("\n\n"):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        if not lines:
            continue
        old = [line[2:] for line in lines[1:] if line.startswith("- ")]
        new = [line[2:] for line in lines[1:] if line.startswith("+ ")]
        if not old or len(old) + len(new) != len(lines) - 1:
            sys.exit(f"malformed: {lines[0]}")
        yield lines[0], "\n".join(old), "\n".join(new)


def main():
    listing, folder, action = sys.argv[1:4]
    defects = list(blocks(pathlib.Path(listing).read_text()))
    if action == "--count":
        print(len(defects))
        return
    name, old, new = defects[int(sys.argv[4])]
    if action == "--name":
        print(name)
        return
    path = pathlib.Path(folder) / name.split(":")[0]
    source = path.read_text()
    if source.count(old) != 1:
        sys.exit(f"{name}: the text occurs {source.count(old)} times in {path.name}, not once")
    path.write_text(source.replace(old, new))


main()
