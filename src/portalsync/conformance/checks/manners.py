"""What holds of every answer, whatever was asked."""

from portalsync.conformance.check import Check
from portalsync.conformance.trial import Trial
from portalsync.lexicon import phrase


def plain_answers(trial: Trial) -> None:
    """Asked for no compression, the portal packs nothing, and it leads nowhere else."""
    for path in ("/v1/portal", "/v1/firms", trial.of_firm("settings"), trial.of_firm("facts")):
        reply = trial.get(path).expect(200)
        if reply.headers.get("content-encoding", "identity") != "identity":
            reply.deviates(phrase("conformance.expected.unpacked"), reply.headers["content-encoding"])
        reply.expect_value("Content-Type", "application/json", reply.media_type)


def unknown_route(trial: Trial) -> None:
    for path in ("/v1/portalsync-check-no-such-thing", f"{trial.of_firm('no-such-part')}"):
        trial.get(path).problem(404, "not-found")


def wrong_method(trial: Trial) -> None:
    """Asked with GET: whatever a portal makes of another method, this writes nothing."""
    reply = trial.get("/v1/commits")
    reply.problem(405, "method-not-allowed")
    if "POST" not in reply.headers.get("allow", ""):
        header = phrase("conformance.expected.header", header="Allow: POST")
        reply.deviates(header, reply.headers.get("allow", "-"))


CHECKS = (
    Check(plain_answers, "What portalsync's client does"),
    Check(unknown_route, "Problems"),
    Check(wrong_method, "Problems"),
)
