package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.Basis;
import dev.riskmanager.domain.rule.Reading;
import dev.riskmanager.domain.rule.Response;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.RulePolicy;
import dev.riskmanager.domain.rule.Strictness;
import dev.riskmanager.domain.rule.Trigger;
import dev.riskmanager.domain.rule.Verdict;
import dev.riskmanager.domain.rule.Violation;
import dev.riskmanager.domain.settings.Settings;
import dev.riskmanager.domain.state.Episode;
import dev.riskmanager.domain.state.Holding;
import dev.riskmanager.domain.state.Nanos;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * RULE-008: a position without stops for its full size.
 *
 * @param grace uncovered time, added up, that closes a position; as much unbroken cover forgives it
 * @param response close that position, unless told otherwise
 */
public record NoStopLossGrace(RulePolicy policy, Duration grace, Response response)
    implements RiskRule {
  public static final RuleId ID = new RuleId(8, "no_stop_loss_grace");

  private static final Set<Trigger> TRIGGERS =
      Triggers.of(Trigger.POSITION, Trigger.ORDER, Trigger.TIMER, Trigger.REVIEW);

  private static final String PREFIX = ID + "/";

  /** Notes of a position, with its contract and side behind: nanoseconds since 1970, or long. */
  private static final String UNCOVERED_SINCE = "uncovered/";

  private static final String COVERED_SINCE = "covered/";
  private static final String USED = "used/";
  private static final String GRACE = "grace/";

  /** Reads {@code grace_period_seconds}. */
  public static RiskRule read(Settings section) {
    RulePolicy policy = RulePolicy.read(section, false);
    section.require("grace_period_seconds");
    Duration grace = section.duration("grace_period_seconds", Duration.ofSeconds(10));
    return new NoStopLossGrace(policy, grace, policy.apply(Response.CLOSE_POSITION));
  }

  @Override
  public RuleId id() {
    return ID;
  }

  @Override
  public Strictness strictness() {
    return Strictness.of(policy, response).shorter("grace_period_seconds", grace);
  }

  @Override
  public Set<Trigger> triggers() {
    return TRIGGERS;
  }

  @Override
  public Episode.Ends episodeEnds() {
    return Episode.Ends.WITH_POSITION;
  }

  @Override
  public boolean guardsBaseline() {
    return true;
  }

  @Override
  public boolean gatedBySymbolLockout() {
    return true;
  }

  @Override
  public Verdict evaluate(RuleInput input) {
    Verdict.Builder verdict = new Verdict.Builder();
    for (Holding holding : input.account().holdings()) {
      if (holding.position().isPresent()) {
        judge(input, holding.position().get(), verdict);
      }
    }
    forgetGone(input, verdict);
    return verdict.build();
  }

  private void judge(RuleInput input, Position position, Verdict.Builder verdict) {
    Watch watch = Watch.of(input, position);
    long missing = position.size() - Cover.byStops(input.account(), position);
    if (missing <= 0) {
      covered(input, watch, verdict);
      return;
    }
    long now = Nanos.of(input.now());
    long used = watch.used;
    if (watch.coveredSince != null) {
      verdict.forget(COVERED_SINCE + watch.subject);
      if (now - watch.coveredSince >= grace.toNanos()) {
        used = 0;
        verdict.forget(USED + watch.subject);
      }
    }
    long since = watch.uncoveredFrom(position, now);
    if (watch.uncoveredSince == null) {
      verdict.remember(UNCOVERED_SINCE + watch.subject, since);
    }
    if (used + now - since >= grace.toNanos()) {
      verdict.add(violation(input, position, missing));
    } else {
      Instant due = Nanos.toInstant(since + grace.toNanos() - used);
      verdict.wake(GRACE + watch.subject, due);
    }
  }

  private void covered(RuleInput input, Watch watch, Verdict.Builder verdict) {
    long now = Nanos.of(input.now());
    if (watch.uncoveredSince != null) {
      verdict.forget(UNCOVERED_SINCE + watch.subject);
      verdict.remember(USED + watch.subject, watch.used + now - watch.uncoveredSince);
      verdict.remember(COVERED_SINCE + watch.subject, now);
      verdict.sleep(GRACE + watch.subject);
    } else if (watch.coveredSince == null) {
      verdict.remember(COVERED_SINCE + watch.subject, now);
    } else if (watch.used > 0 && now - watch.coveredSince >= grace.toNanos()) {
      verdict.forget(USED + watch.subject);
    }
  }

  private Violation violation(RuleInput input, Position position, long missing) {
    String symbol = input.symbol(position.contract());
    return Violation.of(
        new Violation.Scope.Contract(position.contract(), symbol),
        missing,
        symbol + ": " + missing + " of " + position.size() + " without a stop",
        grace.toSeconds() + " s",
        "No stop loss: "
            + symbol
            + " "
            + missing
            + " of "
            + position.size()
            + " uncovered for "
            + grace.toSeconds()
            + " s",
        response);
  }

  /** A position that is gone, or on the other side, takes what was counted with it. */
  private static void forgetGone(RuleInput input, Verdict.Builder verdict) {
    for (String note : input.account().memory().keysFrom(PREFIX)) {
      if (!note.startsWith(PREFIX)) {
        return;
      }
      String subject = note.substring(note.indexOf('/', PREFIX.length()) + 1);
      if (!Watch.isOf(input, subject)) {
        verdict.forget(note.substring(PREFIX.length()));
        verdict.sleep(GRACE + subject);
      }
    }
  }

  @Override
  public Basis basis(RuleInput input, Decision.ViolationFound found) {
    Basis.Builder basis = Basis.of();
    Position position =
        found
            .contract()
            .flatMap(contract -> input.account().holding(contract).position())
            .orElse(null);
    if (position == null) {
      return basis.formula(found.observed() + " for " + found.limit());
    }
    long covered = Cover.byStops(input.account(), position);
    Watch watch = Watch.of(input, position);
    long now = Nanos.of(input.now());
    long from = watch.uncoveredFrom(position, now);
    basis
        .input("covered by stops", covered + " of " + position.size())
        .input("uncovered since", Nanos.toInstant(from).toString())
        .input("uncovered before that", watch.used / 1_000_000 + " ms");
    return basis.formula(
        "covered "
            + covered
            + " < "
            + position.size()
            + ", for "
            + (watch.used + now - from) / 1_000_000
            + " ms >= "
            + grace.toMillis()
            + " ms");
  }

  @Override
  public Reading read(RuleInput input) {
    long most = 0;
    for (Holding holding : input.account().holdings()) {
      Position position = holding.position().orElse(null);
      if (position != null && Cover.byStops(input.account(), position) < position.size()) {
        Watch watch = Watch.of(input, position);
        long now = Nanos.of(input.now());
        most = Math.max(most, watch.used + now - watch.uncoveredFrom(position, now));
      }
    }
    long limit = Math.max(1, grace.toMillis());
    return Reading.of(
        most / 1_000_000_000 + " s", grace.toSeconds() + " s", most / 1_000_000 * 1000 / limit);
  }

  /** What is remembered of one position. */
  private record Watch(
      String subject, @Nullable Long uncoveredSince, @Nullable Long coveredSince, long used) {

    static Watch of(RuleInput input, Position position) {
      String subject = subject(position);
      Long used = input.remembered(PREFIX + USED + subject);
      return new Watch(
          subject,
          input.remembered(PREFIX + UNCOVERED_SINCE + subject),
          input.remembered(PREFIX + COVERED_SINCE + subject),
          used == null ? 0 : used);
    }

    private static String subject(Position position) {
      return position.contract() + "/" + position.side();
    }

    static boolean isOf(RuleInput input, String subject) {
      ContractId contract = new ContractId(subject.substring(0, subject.lastIndexOf('/')));
      return input
          .account()
          .holding(contract)
          .position()
          .filter(position -> subject(position).equals(subject))
          .isPresent();
    }

    /** From its opening fill when it was never covered, else from when cover became short. */
    long uncoveredFrom(Position position, long now) {
      if (uncoveredSince != null) {
        return uncoveredSince;
      }
      return coveredSince != null ? now : Math.min(now, Nanos.of(position.openedAt()));
    }
  }
}
