"""The rules of the house, read from its source: which floor may import what, how rooms are named, what an import may do.

Each rule is a function from a checkout to its complaints, one line each. `test_architecture.py` wants none for this checkout,
and proves on small bad ones that every rule can be broken. A new library that may be used in a few places only is one line in
`AT_HOME`.
"""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

SHIPPED = ("domain", "projections", "web")
FLOORS = (*SHIPPED, "scripts", "tests")

# What a floor may import beside the standard library and itself. The web is free, except to reach outwards.
INNER = {"domain": {"eventsourcing"}, "projections": {"eventsourcing", "msgspec", "sqlalchemy", "domain"}}
OUTER = {"scripts", "tests"}
# Libraries that live in a few named rooms of web/ and nowhere else in it; a room is a file, or the folder it has grown into.
AT_HOME = {
    "sqlalchemy": {"wiring", "store", "vault", "access"},
    "highspy": {"releasing"},
    "geopy": {"geocoding", "gazetteer"},
    "xlsxwriter": {"takeaways"},
    "cryptography": {"vault", "access", "signer"},  # the signer is the ledger's
}
NEVER = {"sqlalchemy.orm", "flask_sqlalchemy", "alembic"}
NO_NAME = {"utils", "util", "helpers", "helper", "common", "services", "service", "managers", "manager", "core", "base", "misc"}

AGGREGATES = {f"domain/{name}.py" for name in ("protest", "detention", "person", "incident", "proceeding", "exhibit", "station")}
MOST_LINES, MOST_LINES_OF_AN_AGGREGATE = 300, 500

# What must not be called while a module is imported: the disk, a database, the network, the clock, an application.
ACTS = {
    "open", "print", "input", "exec", "eval", "connect", "create_engine", "create_app", "open_tracker", "Flask",
    "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "mkdtemp", "unlink", "urlopen", "socket",
    "Popen", "check_output", "check_call", "system", "now", "utcnow", "today", "monotonic", "getenv", "uuid4", "uuid7", "urandom",
}  # fmt: skip
DECLARATIONS = (
    ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign, ast.AugAssign,
)  # fmt: skip


def modules(root: Path, *floors: str) -> Iterator[tuple[str, ast.Module, int]]:
    """Every Python file on these floors: its path from the checkout, its syntax, its number of lines."""
    for floor in floors:
        for path in sorted((root / floor).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and (path.suffix == ".py" or _is_python_script(path)):
                text = path.read_text(encoding="utf-8")
                yield path.relative_to(root).as_posix(), ast.parse(text), len(text.splitlines())


def _is_python_script(path: Path) -> bool:
    if path.suffix:
        return False
    with path.open("rb") as opened:
        first = opened.readline(100)
    return first.startswith(b"#!") and b"python" in first


def imported(tree: ast.Module, floor: str) -> Iterator[tuple[int, str]]:
    """The dotted names a module imports anywhere in it, also inside functions and by `import_module("...")`."""
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                yield from ((node.lineno, alias.name) for alias in node.names)
            case ast.ImportFrom(level=0, module=str(module)):
                yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)
            case ast.ImportFrom():
                yield node.lineno, floor
            case ast.Call(args=[ast.Constant(value=str(module)), *_]) if _called(node) in {"import_module", "__import__"}:
                yield node.lineno, module


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def every_floor_is_there(root: Path) -> list[str]:
    """A name that is misspelt here would guard nothing."""
    return [f"{floor}/ holds no module" for floor in FLOORS if not any(modules(root, floor))]


def every_folder_is_a_package(root: Path) -> list[str]:
    """Without `__init__.py` a folder is imported all the same, but left out where packages are walked, as they are below."""
    folders = sorted({path.rpartition("/")[0] for path, _, _ in modules(root, *SHIPPED, "tests")})
    return [f"{folder}/ has modules but no __init__.py" for folder in folders if not (root / folder / "__init__.py").exists()]


def imports_point_inwards(root: Path) -> list[str]:
    complaints = []
    for floor in SHIPPED:
        for path, tree, _ in modules(root, floor):
            for line, name in imported(tree, floor):
                top = name.partition(".")[0]
                if top == floor or (top in sys.stdlib_module_names and top not in FLOORS):
                    continue
                if top in OUTER or (floor in INNER and top not in INNER[floor]):
                    complaints.append(f"{path}:{line} imports {name}")
    return complaints


def libraries_stay_at_home(root: Path) -> list[str]:
    complaints = []
    for path, tree, _ in modules(root, *SHIPPED):
        for line, name in imported(tree, path.partition("/")[0]):
            homes = AT_HOME.get(name.partition(".")[0])
            away = homes is not None and path.startswith("web/") and PurePosixPath(path).with_suffix("").parts[1] not in homes
            if away or any(name == never or name.startswith(f"{never}.") for never in NEVER):
                complaints.append(f"{path}:{line} imports {name}")
    return complaints


def every_room_has_a_name(root: Path) -> list[str]:
    return [path for path, _, _ in modules(root, *FLOORS) if NO_NAME & set(PurePosixPath(path).with_suffix("").parts)]


def no_file_is_two_rooms(root: Path) -> list[str]:
    complaints = []
    for path, _, lines in modules(root, *FLOORS):
        most = MOST_LINES_OF_AN_AGGREGATE if path in AGGREGATES else MOST_LINES
        if lines > most:
            complaints.append(f"{path} has {lines} lines, more than {most}")
    return complaints


def modules_only_declare(root: Path) -> list[str]:
    """At the top of a module there are imports, definitions and values; no loop, no `with`, no call that acts."""
    complaints = []
    for path, tree, _ in modules(root, *SHIPPED):
        for statement in tree.body:
            if not _declares(statement):
                complaints.append(f"{path}:{statement.lineno} runs a statement when it is imported")
            for node in _run_at_import(statement):
                if isinstance(node, ast.Call) and _called(node) in ACTS:
                    complaints.append(f"{path}:{node.lineno} calls {_called(node)}() when it is imported")
                if isinstance(node, ast.Attribute) and node.attr == "environ":
                    complaints.append(f"{path}:{node.lineno} reads the environment when it is imported")
    return complaints


def _declares(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Constant()):  # the docstring
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING")):
            return True
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"))):
            return True
    return isinstance(statement, DECLARATIONS)


def _run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What is evaluated when the module is: class bodies, decorators and defaults, not the bodies of functions."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            parts: list[ast.AST] = [*node.decorator_list, node.args]
        case ast.Lambda():
            parts = [node.args]
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"))):
            parts = []
        case _:
            parts = list(ast.iter_child_nodes(node))
    yield node
    for part in parts:
        yield from _run_at_import(part)


# The same seen from outside: import everything and watch what our own lines do meanwhile. Reading zone data is not an action.
WATCH = """
import importlib, pkgutil, sys
root, shipped = sys.argv[1], sys.argv[2:]
ours = tuple(f"{root}/{floor}/" for floor in shipped)
actions = {"open", "sqlite3.connect", "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.mkdir", "os.remove"}
sys.path.insert(0, root)
def watch(event, arguments):
    if event not in actions:
        return
    if event == "open" and str(arguments[0]).endswith((".py", ".pyc", ".so", ".pyi")) or "zoneinfo" in str(arguments[0]):
        return
    frame = sys._getframe(1)
    while frame is not None:
        name, file = frame.f_code.co_name, frame.f_code.co_filename
        if file.startswith(ours):
            print(f"{file.removeprefix(root + '/')}:{frame.f_lineno} does {event} {arguments[0]} when it is imported")
            return
        if name == "<module>" or file.startswith("<frozen importlib"):
            return
        frame = frame.f_back
sys.addaudithook(watch)
for floor in shipped:
    package = importlib.import_module(floor)
    for module in pkgutil.walk_packages(package.__path__, floor + "."):
        importlib.import_module(module.name)
"""


def importing_does_nothing(root: Path) -> list[str]:
    command = [sys.executable, "-B", "-P", "-c", WATCH, str(root), *SHIPPED]
    seen = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    return seen.stdout.splitlines() + ([seen.stderr] if seen.returncode else [])


def the_wheel_ships_the_floors_under_their_own_names(root: Path) -> list[str]:
    """Two import names would be two event classes, and stored topics would point to the wrong one."""
    wheel = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    return [] if wheel == {"packages": list(SHIPPED)} else [f"pyproject.toml builds the wheel from {wheel}"]
