"""The pages of the hotline: one line, the form made of it, a report, and the reports that are left to work off."""

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from domain.errors import RuleBroken
from domain.provenance import Source
from domain.record import new_id
from web.desk import desk
from web.entries.fields import Field
from web.entries.forms import Form, answered, minted, saved, shown
from web.entries.labels import hint, label
from web.entries.problems import GONE, refusal, sentence
from web.entries.subject import subject
from web.hotline import forms
from web.hotline.message import listened, message_of, now_there
from web.hotline.one import one_report, people_told
from web.hotline.recording import record
from web.hotline.working_off import work_list
from web.languages import language
from web.languages import translated as _

hotline = Blueprint("hotline", __name__)

LONGEST_LINE = 20_000


@hotline.route("/reports/new", methods=["GET", "POST"])
def line() -> ResponseReturnValue:
    """One line: understood and shown, or saved at once. Both keep every character of it."""
    city, said = forms.city_asked(desk()), forms.said_at()
    if request.method != "POST":
        return render_template("report_line.html", city=city, record=new_id(), line="", problem="", last=_last())
    report, text = minted("record"), request.form.get("line", "").replace("\r\n", "\n").strip()
    if not text or len(text) > LONGEST_LINE:
        problem = _("Write what was said.") if not text else _("This is too long for one report. Send it in parts.")
        return render_template("report_line.html", city=city, record=report, line=text, problem=problem, last=None), 422
    told = listened(desk().tracker, text, city.place, said, language())
    if "at_once" in request.form:
        message = message_of(desk().tracker, told, city.place, now_there(told.city or city.place, said), language())
        if message.place is None and city.said:
            message = replace(message, place=desk().tracker.geocoder.at_least(city.said))
        try:
            outcome = record(desk().tracker, desk().reader.account.id, Source("unknown"), report, message)
        except RuleBroken as refused:
            shown_again = {"city": city, "record": report, "line": text, "last": None}
            return render_template("report_line.html", problem=sentence(refused), **shown_again), 422
        return saved(desk(), outcome, forms.next_line(report, city.place))
    form = forms.report_form(desk(), said, city.place, told)
    return shown(form, desk(), forms.filled_by(desk(), told, city.place, city.said), {"record": report})


@hotline.route("/reports/form", methods=["GET", "POST"])
def form() -> ResponseReturnValue:
    """The structured form: what a line was understood as, looked over; or a report from scratch."""
    city, said = forms.city_asked(desk()), forms.said_at()
    made = forms.report_form(desk(), said, city.place)
    return answered(replace(made, first={"city": city.said}), desk(), forms.recorder(desk(), said, city))


def _last() -> UUID | None:
    """The report just saved, for a link to it."""
    try:
        return UUID(request.args.get("last", ""))
    except ValueError:
        return None


@hotline.get("/reports")
def reports() -> str:
    """What is left to work off."""
    return render_template("reports.html", page=work_list(desk(), request.args.get("page", ""), language()))


@hotline.get("/reports/<uuid:report>")
def report(report: UUID) -> str:
    """One report: the line, what became of it, who was told out of it."""
    found = one_report(desk(), report, language()) or abort(404)
    return render_template("report.html", report=found)


@hotline.route("/reports/<uuid:report>/people", methods=["GET", "POST"])
def split(report: UUID) -> ResponseReturnValue:
    """Tell people out of a report: names, one a line."""
    about = subject(desk(), "reports", report)
    if about.forgotten:
        return refusal(RuleBroken("person_forgotten"), GONE)
    people = Field("people", "words", label("", "people_named"), hint("", "people_named"), required=True)
    made = Form(
        _("Tell people out of the report"),
        [people],
        url_for("hotline.report", report=report),
        intro=_(
            "Each gets a file of their own, with the place, the time and the protest of the report. "
            "They are among those it counts."
        ),
        submit=_("Open their files"),
        before=people_told(desk(), about),
        first={"people": forms.still_named(desk(), about)},
    )
    return answered(made, desk(), forms.splitter(desk(), about))
