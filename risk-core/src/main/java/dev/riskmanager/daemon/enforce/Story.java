package dev.riskmanager.daemon.enforce;

import dev.riskmanager.daemon.port.Enforcement;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a plan says on its way and the receipt it leaves. */
final class Story {
  /** A plan that never gets flat runs for ever; its receipt does not grow for ever. */
  private static final int LINES_KEPT = 400;

  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSSSSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final AccountId account;
  private final Enforcement.Order first;
  private final Moment began;
  private final List<Told> told = new ArrayList<>();
  private final List<String> decisions = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private long dropped;
  private Optional<Instant> firstRequestAt = Optional.empty();
  private Optional<Instant> provenAt = Optional.empty();
  private Moment activeSince;

  Story(Enforcement.Order first, Moment began) {
    this.account = first.account();
    this.first = first;
    this.began = began;
    this.activeSince = began;
  }

  /** Everything said since the last call. */
  List<Told> drain() {
    List<Told> all = List.copyOf(told);
    told.clear();
    return all;
  }

  void active(Moment now) {
    activeSince = now;
  }

  void decided(Decision.Action action) {
    String rule = action.cause().rule().map(Texts::ruleName).orElse(Texts.ruleName(first.rule()));
    keep(decisions, Texts.action(action) + " (" + rule + ")");
    info("ENFORCING: " + Texts.enforcing(action) + " (" + rule + ")");
  }

  void operation(String name, String rest) {
    told.add(new Told.Operation(name + ": account=" + account + ", " + rest));
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
    if (firstRequestAt.isEmpty()) {
      firstRequestAt = Optional.of(sent.stamp().moment().at());
    }
  }

  void answered(Sent sent, VenueReply<?> reply) {
    Instant sentAt = sent.stamp().moment().at();
    VenueRequest request = sent.request();
    String line = Texts.request(request) + ": " + Outcome.text(reply);
    keep(requests, CLOCK.format(sentAt) + " " + line);
    told.add(new Told.RequestEnded(account, request.operation(), request.detail(), sentAt, reply));
    told.add(
        new Told.Line(
            !(Outcome.of(reply) == Outcome.DONE || Outcome.of(reply) == Outcome.GONE),
            "Account " + account + " " + line));
  }

  /** The first read after the last request that shows nothing of what was to go. */
  void proven(Moment now, boolean nothingLeft, String what) {
    provenAt = Optional.of(now.at());
    info("FLAT: " + (nothingLeft ? "" : what + " ") + "proven after " + millis(now) + " ms");
    if (nothingLeft) {
      told.add(new Told.ProvenFlat(account, activeSince.at(), now.at()));
    }
  }

  void reduced(Moment now, String what) {
    info("REDUCED: " + what + " proven after " + millis(now) + " ms");
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
    keep(failures, what);
    warn("Account " + account + ": " + what);
  }

  void alarm(String what, boolean notProtected) {
    warn((notProtected ? "NOT PROTECTED: account " : "ALARM: account ") + account + ": " + what);
    told.add(new Told.AlarmRaised(account, what, notProtected));
  }

  void alarmCleared() {
    info("Alarm over: account " + account);
    told.add(new Told.AlarmCleared(account));
  }

  void finished(Moment now) {
    List<String> lines = new ArrayList<>(requests);
    if (dropped > 0) {
      lines.add("… and " + dropped + " more");
    }
    String outcome =
        failures.isEmpty()
            ? provenAt.isPresent() ? "FLAT" : "DONE"
            : "FAILED: " + String.join("; ", failures);
    told.add(
        new Told.Finished(
            new Enforcement.Receipt(
                ID.format(began.at()) + "-" + account,
                account,
                first.rule(),
                first.reason(),
                first.decidedAt(),
                began.at(),
                firstRequestAt,
                provenAt,
                now.at(),
                outcome,
                List.copyOf(decisions),
                List.copyOf(lines))));
  }

  private void keep(List<String> list, String line) {
    if (list.size() < LINES_KEPT) {
      list.add(line);
    } else {
      dropped++;
    }
  }

  void info(String line) {
    told.add(new Told.Line(false, line));
  }

  private void warn(String line) {
    told.add(new Told.Line(true, line));
  }
}
