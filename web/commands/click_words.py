"""What click itself says on our command line, listed here so that it is translated with everything else.

click looks its sentences up in the catalogue that `web.cli` chooses. Listed are those that this command line can bring forth; a
test asks for each in Russian.
"""

from web.commands.speech import later

SENTENCES = (
    later("Usage:"),
    later("Options"),
    later("Commands"),
    later("Show this message and exit."),
    later("Missing command."),
    later("No such command {name!r}."),
    later("No such option {name!r}."),
    later("Missing argument"),
    later("Missing option"),
    later("Choose from:\n\t{choices}"),
    later("Invalid value: {message}"),
    later("Invalid value for {param_hint}: {message}"),
    later("Option {name!r} does not take a value."),
    later("{value} is not in the range {range}."),
    later("{value!r} is not a valid {number_type}."),
    later("{value!r} is not a valid UUID."),
    later("file"),
    later("path"),
    later("{name} {filename!r} is a directory."),
    later("{name} {filename!r} is not readable."),
    later("{name} {filename!r} does not exist."),
)

PLURALS = (
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
)
"""Pairs for ngettext; collected by scripts/translations from here."""
