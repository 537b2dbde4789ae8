"""How long a whole process takes that does next to nothing: the floor under every command."""
import shutil

from harness import JUBAKO, ROOT, Figure, medians, run


def measure():
    definition = str(ROOT / "examples/cookbook/apps/recipes.yml")
    run([JUBAKO, "--version"])
    commands = {
        "version": [JUBAKO, "--version"],
        "definition": [JUBAKO, "show-definition", definition],
        "ruby": [shutil.which("ruby") or "/usr/bin/ruby", "-e", "0"],
    }
    if hako := shutil.which("hako"):
        commands["hako"] = [hako, "show-definition", definition]
    taken = medians(commands, runs=30)
    peers = {"ruby -e 0": taken["ruby"]}
    return [
        Figure("--version", "ms", taken["version"], peers, "≤ 25 ms"),
        Figure("show-definition (YAML)", "ms", taken["definition"], peers | ({"hako": taken["hako"]} if hako else {}), "≤ 27 ms"),
    ]
