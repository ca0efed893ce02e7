"""What an apply tells of itself, however it ends: to the streams and into the files that were asked for."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from portalsync.apply.send import BrokenOff
from portalsync.cli.ending import Ending
from portalsync.cli.output import tell
from portalsync.cli.results import print_result, save_result
from portalsync.cli.values import Target
from portalsync.diagnostics import Diagnostic, Severity, complaint
from portalsync.errors import ExitCode, InvalidConfig, OutputFailed, PlanRefused
from portalsync.lexicon import Foreign, Lexicon, phrase
from portalsync.model.plan import Plan
from portalsync.model.receipt import Receipt
from portalsync.planning.passed import Passed
from portalsync.views.format import Format, Result
from portalsync.views.receipt_json import deviation_of, receipt_json
from portalsync.views.report import Report
from portalsync.views.wording.deviation import word_deviation
from portalsync.views.wording.passed import passed_items
from portalsync.views.wording.receipt import exit_code, word_receipt


class NotReviewed(PlanRefused):
    """What would be done is not what was reviewed; the reviewed plan may not be at hand."""

    def __init__(self, expected: str, reviewed: Plan | None, now: Plan, kind: str) -> None:
        super().__init__(phrase(f"errors.plan.{kind}.message"), phrase(f"errors.plan.{kind}.hint"))
        self.expected = expected
        self.reviewed = reviewed
        self.now = now


@dataclass
class Receipts:
    """Tells once how an apply ended. `known` is what is known of it so far."""

    lexicon: Lexicon
    form: Format
    targets: Sequence[Target]
    summary: bool
    known: Receipt
    truth: str
    """The command that only looks, and tells what is left to do."""
    passed: Sequence[Passed] = ()
    """What was promised for moments that had passed."""
    _are_told: bool = False

    @contextmanager
    def whatever_happens(self) -> Iterator[None]:
        """An error that ends the apply inside is told as a receipt too, and then goes on its way."""
        try:
            yield
        except BrokenOff as broken:
            error = broken.__cause__ or broken
            self._tell_end(error, broken.receipt)
            raise error from None
        except BaseException as error:
            self._tell_end(error, self.known)
            raise

    def about(self, environment: str, plan: str = "") -> None:
        self.known = replace(self.known, environment=environment, plan=plan)

    def tell(self, receipt: Receipt, but: BaseException | None = None) -> int:
        """How the command ends: as its receipt says; `but` is raised if that is worse, or a signal."""
        error = but if exit_code(receipt) is ExitCode.DONE or isinstance(but, KeyboardInterrupt) else None
        ending = Ending.by(error) if error else None
        code, why = (ending.code, ending.why) if ending else (exit_code(receipt), None)
        whole = self._result(receipt, code, why)
        self._put(self._result(receipt, code, why, summary=True) if self.summary else whole, whole, code)
        if error is not None:
            raise error
        return code

    def declined(self) -> int:
        """Whoever was asked said no."""
        why = complaint(phrase("told.nothing_applied"))
        result = self._result(self.known, ExitCode.DONE, why)
        self._put(None if self.form.is_for_terminals else result, result, ExitCode.DONE)
        tell(why.message)
        return ExitCode.DONE

    def _tell_end(self, error: BaseException, receipt: Receipt) -> None:
        """On a terminal, why nothing was sent is told by whoever ends the command."""
        if self._are_told:
            return
        ending = self._ending(error, receipt)
        if isinstance(error, NotReviewed):
            result = self._deviation(error, receipt, ending)
        else:
            result = self._result(receipt, ending.code, ending.why)
        is_shown = receipt.firms or isinstance(error, NotReviewed) or not self.form.is_for_terminals
        self._put(result if is_shown else None, result, ending.code)

    def _ending(self, error: BaseException, receipt: Receipt) -> Ending:
        """Who does not wait for an answer is told how to find out."""
        ending = Ending.by(error)
        if isinstance(error, InvalidConfig):
            return replace(ending, why=self._foremost(error))
        if not receipt.firms or not isinstance(error, KeyboardInterrupt):
            return ending
        hint = phrase("told.at-once", command=self.truth)
        if not self.form.is_for_terminals:
            tell(hint)
        return replace(ending, why=replace(ending.why, hint=hint))

    def _foremost(self, invalid: InvalidConfig) -> Diagnostic:
        """The first error in the files, with where it is: the list of all is told on the error stream."""
        first = next(each for each in invalid.diagnostics if each.severity is Severity.ERROR)
        say = self.lexicon.say
        message = Foreign(say((f"{first.position}: ", first.message)))
        return complaint(message, hint=Foreign(say(first.hint)) if first.hint else "")

    def _put(self, shown: Result | None, saved: Result, ended: int) -> None:
        """What cannot be written never hides how the apply itself ended, nor keeps the rest from being."""
        self._are_told = True
        failures: list[OutputFailed] = []
        try:
            if shown is not None:
                print_result(shown, self.form)
        except OutputFailed as error:
            failures.append(error)
        except KeyboardInterrupt:
            tell(phrase("told.at-once", command=self.truth))
            raise
        finally:
            try:
                save_result(self.targets, saved)
            except OutputFailed as error:
                failures.append(error)
        if failures and ended == ExitCode.DONE:
            raise failures[0]
        for failure in failures:
            tell(failure.diagnostic.message)

    def _result(
        self, receipt: Receipt, ended: ExitCode, why: Diagnostic | None, *, summary: bool = False
    ) -> Result:
        def report() -> Report:
            made = word_receipt(receipt, self.lexicon, summary=summary, why=why)
            return replace(made, verdict=(*made.verdict, *passed_items(self.passed)))

        return Result(report, lambda: (receipt_json(receipt, ended, self.lexicon, why, passed=self.passed),))

    def _deviation(self, error: NotReviewed, receipt: Receipt, ending: Ending) -> Result:
        expected, reviewed, now = error.expected, error.reviewed, error.now
        return Result(
            lambda: word_deviation(expected, reviewed, now, self.lexicon),
            lambda: (
                receipt_json(
                    receipt,
                    ending.code,
                    self.lexicon,
                    ending.why,
                    deviation_of(expected, reviewed, now),
                    passed=self.passed,
                ),
            ),
        )
