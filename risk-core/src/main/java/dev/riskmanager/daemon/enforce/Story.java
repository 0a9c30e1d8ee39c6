package dev.riskmanager.daemon.enforce;

import dev.riskmanager.daemon.port.Enforcement;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.RuleId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a plan says on its way, and the receipts it leaves: one for each decision. */
final class Story {
  private final AccountId account;
  private final List<Told> told = new ArrayList<>();
  private final List<Case> cases = new ArrayList<>();
  private int casesBegun;
  private boolean untold;
  private Moment activeSince;

  Story(AccountId account, Moment began) {
    this.account = account;
    this.activeSince = began;
  }

  /** A decision comes in that is to have a receipt of its own; those of before go on. */
  void begin(Enforcement.Order order, Moment now) {
    untold = true;
    casesBegun++;
    cases.add(new Case(order, now, casesBegun));
  }

  /** Everything said since the last call. */
  List<Told> drain() {
    if (untold) {
      untold = false;
      cases.forEach(one -> told.add(new Told.Progress(one.receipt(Optional.empty()))));
    }
    List<Told> all = List.copyOf(told);
    told.clear();
    return all;
  }

  void active(Moment now) {
    activeSince = now;
  }

  /** Whose decision came last. */
  RuleId newestRule() {
    return cases.getLast().rule();
  }

  void decided(Decision.Action action) {
    Case newest = cases.getLast();
    String rule = action.cause().rule().map(Texts::ruleName).orElse(Texts.ruleName(newest.rule()));
    untold = true;
    newest.decided(Texts.action(action) + " (" + rule + ")");
    info("ENFORCING: " + Texts.enforcing(action) + " (" + rule + ")");
  }

  void operation(String name, String rest) {
    told.add(new Told.Operation(name + ": account=" + account + ", " + rest));
  }

  private static String stamp(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS) + " ";
  }

  /** A position nobody decided about, but which the lockout does not let stand. */
  void beyondBaseline(ContractId contract, long size, long stay) {
    info(
        "ENFORCING: "
            + (stay == 0 ? "Closing " + contract : "Reducing " + contract + " to " + stay)
            + " (beyond the baseline: "
            + size
            + " held)");
    if (stay == 0) {
      operation("CLOSE_POSITION", "contract=" + contract);
    }
  }

  void sent(Sent sent) {
    untold = true;
    cases.forEach(one -> one.sent(sent.stamp().moment().at()));
  }

  void answered(Sent sent, VenueReply<?> reply) {
    Instant sentAt = sent.stamp().moment().at();
    VenueRequest request = sent.request();
    String line = Texts.request(request) + ": " + Outcome.text(reply);
    untold = true;
    cases.forEach(one -> one.answered(sentAt, stamp(sentAt) + line));
    told.add(new Told.RequestEnded(account, request.operation(), request.detail(), sentAt, reply));
    told.add(
        new Told.Line(
            !(Outcome.of(reply) == Outcome.DONE || Outcome.of(reply) == Outcome.GONE),
            "Account " + account + " " + line));
  }

  /** The first read after the last request that shows nothing of what was to go. */
  void proven(Moment now, boolean nothingLeft, String what) {
    untold = true;
    cases.forEach(one -> one.proven(now.at()));
    info("FLAT: " + (nothingLeft ? "" : what + " ") + "proven after " + millis(now) + " ms");
    if (nothingLeft) {
      told.add(new Told.ProvenFlat(account, activeSince.at(), now.at()));
    }
  }

  void reduced(Moment now, String what) {
    String line = "REDUCED: " + what + " proven after " + millis(now) + " ms";
    untold = true;
    cases.forEach(one -> one.answered(now.at(), stamp(now.at()) + line));
    info(line);
  }

  private long millis(Moment now) {
    return (now.nanos() - activeSince.nanos()) / Timing.MILLI;
  }

  void reopened(Moment now, String what) {
    active(now);
    warn("Account " + account + " is not done after all: " + what);
  }

  /** A part that was given up; the receipt says so. */
  void failed(String what) {
    untold = true;
    cases.forEach(one -> one.failed(what));
    warn("Account " + account + ": " + what);
  }

  void alarm(String what, boolean notProtected) {
    warn((notProtected ? "NOT PROTECTED: account " : "ALARM: account ") + account + ": " + what);
  }

  /** All that is wrong, for whoever shows it. */
  void alarmed(String what, boolean notProtected) {
    told.add(new Told.AlarmRaised(account, what, notProtected));
  }

  void alarmCleared() {
    info("Alarm over: account " + account);
    told.add(new Told.AlarmCleared(account));
  }

  /** The receipts of all that was decided so far. */
  void finished(Moment now) {
    cases.forEach(one -> told.add(new Told.Finished(one.receipt(Optional.of(now.at())))));
    cases.clear();
  }

  void info(String line) {
    told.add(new Told.Line(false, line));
  }

  private void warn(String line) {
    told.add(new Told.Line(true, line));
  }
}
