"""What the fields of a form are called, and the hint under each. A field is named in the same words wherever that will do."""

from flask_babel import lazy_gettext as _l

# By the event's stored name and the field; where there is none, by the field alone.
LABELS = {
    "when": _l("When"),
    "place": _l("Where"),
    "spelling": _l("Spelling"),
    "form": _l("Form of protest"),
    "agreement": _l("Agreement with the authorities"),
    "about": _l("What for"),
    "organiser": _l("Who called for it"),
    "count": _l("How many"),
    "people": _l("Against how many people"),
    "kind": _l("Kind"),
    "article": _l("Article"),
    "copy_given": _l("Was a copy given?"),
    "circumstances": _l("Circumstances"),
    "agency": _l("By whom"),
    "agencies": _l("By whom"),
    "minor": _l("A minor?"),
    "words": _l("In whose and which words"),
    "ground": _l("Ground given"),
    "private": _l("Could they speak alone?"),
    "counsel_present": _l("Was counsel present?"),
    "taken": _l("What was taken down"),
    "forced": _l("Against the person's will?"),
    "device": _l("Which device"),
    "returned": _l("Given back?"),
    "outcome": _l("What came of it"),
    "other": _l("The other file"),
    "basis": _l("How it is known"),
    "name": _l("Name"),
    "name_kind": _l("Kind of name"),
    "protest": _l("At which protest"),
    "person": _l("Against whom"),
    "scopes": _l("Consent to what"),
    "given_by": _l("Given by"),
    "until": _l("Holds until"),
    "minors": _l("How many of them under age"),
    "concerns": _l("What is needed or feared"),
    "by": _l("By which organisation"),
    "destination": _l("Where to"),
    "categories": _l("What it was"),
    "source_kind": _l("Who says so"),
    "reliability": _l("How reliable"),
    "reference": _l("Where it can be found again"),
    "counsel": _l("Which lawyer"),
    "because": _l("Reason"),
    "asked_by": _l("Who asks for it"),
    "verified_by": _l("How it was verified that the wish is theirs"),
    "waives_delay": _l("Do they waive the delay of 72 hours?"),
    "waived_by": _l("Who waives it"),
    "reason_words": _l("The reason in words"),
    "captured": _l("When captured"),
    "captured_how": _l("How captured"),
    "captured_by": _l("Who captured it"),
    "address": _l("Address of the page"),
    "to": _l("To whom"),
    "file": _l("File to deposit"),
    "supports": _l("Which entry it bears out"),
    "again": _l("This file is on record already"),
    "exhibit.deposited.kind": _l("What it is"),
    "exhibit.deposited.words": _l("What is in it"),
    "exhibit.described.words": _l("What is in it"),
    "exhibit.handed_over.form": _l("In what form"),
    "exhibit.handed_over.because": _l("What for"),
    "person.consent_given.form": _l("How it was given"),
    "person.consent_withdrawn.scopes": _l("Consent to what no longer holds"),
    "detention.released.when": _l("When released"),
    "detention.released.kind": _l("How released"),
    "detention.protocol_drawn.kind": _l("Which paper"),
    "detention.threatened.kind": _l("Threatened with what"),
    "detention.help_given.kind": _l("What help"),
    "detention.recorded.words": _l("What happened, in their words"),
    "detention.recorded.when": _l("When detained"),
    "detention.recorded.place": _l("Where detained"),
    "incident.recorded.words": _l("What happened, in whose words"),
    "protest.ended.kind": _l("How it ended"),
    "report.received.count": _l("How many are held"),
    "report.received.words": _l("The message, word for word"),
    "report.settled.kind": _l("What became of it"),
    "protest.police_measure_reported.kind": _l("Which measure"),
    "protest.force_reported.kind": _l("What force"),
    "protest.detentions_counted.count": _l("How many were detained"),
    "protest.detentions_counted.place": _l("Only those brought to this station"),
    "protest.crowd_estimated.count": _l("How many took part"),
}

HINTS = {
    "when": _l(
        "As it was told: “24.02.2022 19:20”, “yesterday evening”, “an hour ago”, “between 14 and 16”. Leave empty if not known."
    ),
    "place": _l("City first, then square, street or station: “Moscow, Pushkinskaya Square”."),
    "count": _l("As it was told: “50”, “40–60”, “at least 12”, “several dozen”."),
    "people": _l("As it was told: “50”, “40–60”, “at least 12”, “several dozen”."),
    "counsel": _l("The account of the lawyer. They see the whole file from now on, and the files joined with it."),
    "person.counsel_dismissed.counsel": _l("They see nothing of the file from now on."),
    "words": _l("Kept word for word and sealed: only those who may see this file can read it."),
    "destination": _l("Sealed: only those who may see this file can read it."),
    "name": _l("Sealed. Leave empty if nobody knows it yet."),
    "about": _l("In plain words, with no names of people detained: this text is not sealed."),
    "organiser": _l("An organisation or a public call, no names of people detained: this text is not sealed."),
    "other": _l("Choose one of the files opened last, or paste the address or number of a file below."),
    "person": _l(
        "Leave empty if nobody concerned has a file. Otherwise choose one of the files opened last, or paste its number below."
    ),
    "reference": _l("A link, the number of a call, a page. Do not name people here unless the file is about them."),
    "reason_words": _l("Needed for “another reason”."),
    "waived_by": _l("Only if the delay is waived: the person, or a parent or guardian. An heir cannot."),
    "person.named.name": _l("Sealed: only those who may see this file can read it."),
    "captured": _l("As it was told, or as it stands in the picture. Leave empty if not known."),
    "captured_by": _l(
        "Who was there and took it, or who saved the page: not who brought it (that is the source), and not you who record it. "
        "Sealed."
    ),
    "address": _l("Of a page or a message. It is kept sealed and never opened from here."),
    "to": _l("Sealed: only those who may see this exhibit can read it."),
    "supports": _l("Leave it open for the record as a whole."),
    "exhibit.deposited.words": _l(
        "Who and what is to be seen or heard. Sealed: only those who may see this exhibit can read it."
    ),
    "exhibit.described.words": _l(
        "Who and what is to be seen or heard. Sealed: only those who may see this exhibit can read it."
    ),
    "protest.recorded.when": _l("As it was told: “24.02.2022 19:20”, “yesterday evening”, “an hour ago”, “between 14 and 16”."),
    "incident.recorded.when": _l("As it was told: “24.02.2022 19:20”, “yesterday evening”, “an hour ago”, “between 14 and 16”."),
    "protest.detentions_counted.place": _l("Leave empty if the number is of the whole protest."),
    "station.opened.name": _l("A name of a place, never of a person: this text is not sealed."),
    "spelling": _l("A name of a place, never of a person: this text is not sealed."),
    "person.left_country.destination": _l("Sealed: it can endanger the person there."),
}


def label(topic: str, name: str) -> str:
    """What a field is called, in the language of the page."""
    return str(LABELS.get(f"{topic}.{name}") or LABELS[name])


def hint(topic: str, name: str) -> str:
    """The hint under a field, "" where it needs none."""
    return str(HINTS.get(f"{topic}.{name}") or HINTS.get(name, ""))
