package dev.riskmanager.daemon.app;

import static dev.riskmanager.daemon.app.DeskWorld.ADMIN;
import static dev.riskmanager.daemon.app.DeskWorld.ME;
import static dev.riskmanager.daemon.app.DeskWorld.NOON;
import static dev.riskmanager.daemon.app.DeskWorld.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.config.YamlEdit;
import dev.riskmanager.daemon.port.Answer;
import dev.riskmanager.daemon.port.Refusal;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.catalog.DailyRealizedLoss;
import dev.riskmanager.domain.rule.catalog.DailyRealizedProfit;
import dev.riskmanager.wire.ConfigReport;
import dev.riskmanager.wire.ConfigWriteRequest;
import dev.riskmanager.wire.LimitHistory;
import dev.riskmanager.wire.RuleChange.Direction;
import dev.riskmanager.wire.RuleConfigView;
import dev.riskmanager.wire.RuleSetRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rules changed one key at a time, in the file and in force. */
@Timeout(60)
class RulesDeskTest {
  private static final Instant RESET = Instant.parse("2025-10-31T22:00:00Z");
  private static final String[] LOSS = {
    "daily_realized_loss.enabled=true",
    "daily_realized_loss.limit=-500",
    "daily_realized_loss.timezone=America/Chicago",
    "daily_realized_profit.enabled=true",
    "daily_realized_profit.target=1000"
  };

  @TempDir private Path directory;

  private static RuleSetRequest set(String rule, String key, String value) {
    return new RuleSetRequest(rule, key, value, false, null, false);
  }

  private static RuleSetRequest now(String key, String value, @Nullable String reason) {
    return new RuleSetRequest("daily_realized_loss", key, value, true, reason, false);
  }

  private static String limit(DeskWorld world) {
    RuleSet rules = world.keeper.inForce().rules(ME);
    return ((DailyRealizedLoss) rules.rule(DailyRealizedLoss.ID).orElseThrow()).limit().toString();
  }

  private static String target(DeskWorld world) {
    RuleSet rules = world.keeper.inForce().rules(ME);
    return ((DailyRealizedProfit) rules.rule(DailyRealizedProfit.ID).orElseThrow())
        .target()
        .toString();
  }

  /** What the loop judges by, not what the keeper says. */
  private static String limitOfTheLoop(DeskWorld world) {
    RuleSet rules = world.loop.state().rules().of(ME).orElseThrow();
    return ((DailyRealizedLoss) rules.rule(DailyRealizedLoss.ID).orElseThrow()).limit().toString();
  }

  @Test
  void whatTightensIsInTheFileAndInForceAtOnceAndNothingElseOfTheFileChanges() throws Exception {
    try (DeskWorld world = DeskWorld.running(directory, LOSS)) {
      String before = world.file();

      ConfigReport report = done(world.rules.set(ADMIN, set("RULE-003", "limit", "-300")));

      assertThat(report.valid()).isTrue();
      assertThat(report.changes()).hasSize(1);
      assertThat(report.changes().get(0).oldValue()).isEqualTo("-500");
      assertThat(report.changes().get(0).newValue()).isEqualTo("-300");
      assertThat(report.changes().get(0).direction()).isEqualTo(Direction.TIGHTENS);
      assertThat(report.changes().get(0).effectiveAt()).isEqualTo(NOON);
      assertThat(limitOfTheLoop(world)).isEqualTo("-300.00");
      assertThat(world.file()).isEqualTo(before.replace("limit: -500", "limit: -300"));
      assertThat(world.audit())
          .containsExactly(
              "anna | rules.set | 13298777/daily_realized_loss.limit: -500 → -300, TIGHTENS | ");
    }
  }

  @Test
  void whatLoosensIsInTheFileAndWaitsForTheReset() throws Exception {
    try (DeskWorld world = DeskWorld.running(directory, LOSS)) {
      ConfigReport report =
          done(world.rules.set(ADMIN, set("daily_realized_loss", "limit", "-800")));

      assertThat(report.changes().get(0).direction()).isEqualTo(Direction.LOOSENS);
      assertThat(report.changes().get(0).effectiveAt()).isEqualTo(RESET);
      assertThat(world.file()).contains("limit: -800");
      assertThat(limitOfTheLoop(world)).isEqualTo("-500.00");

      List<RuleConfigView> rows = done(world.rules.list(OptionalLong.empty())).rules();
      assertThat(rows).hasSize(13);
      assertThat(rows.get(2).pending()).hasSize(1);
      assertThat(rows.get(2).pending().get(0).newValue()).isEqualTo("-800");
      assertThat(rows.get(2).settings()).contains(new RuleConfigView.Setting("limit", "-500"));

      world.at(RESET.minusMillis(1));
      world.config.tick();
      assertThat(limitOfTheLoop(world)).isEqualTo("-500.00");
      world.at(RESET);
      world.config.tick();
      assertThat(limitOfTheLoop(world)).isEqualTo("-800.00");
      assertThat(done(world.rules.list(OptionalLong.empty())).rules().get(2).pending()).isEmpty();
    }
  }

  /** What waited is not wanted any more: that is no "nothing", and it is on the audit. */
  @Test
  void whatWaitedAndIsTakenBackIsSaidToBeWithdrawn() throws Exception {
    try (DeskWorld world = DeskWorld.running(directory, LOSS)) {
      done(world.rules.set(ADMIN, set("RULE-003", "limit", "-800")));
      done(world.rules.set(ADMIN, set("RULE-013", "target", "2000")));

      ConfigReport report = done(world.rules.set(ADMIN, set("RULE-003", "limit", "-500")));

      assertThat(report.changes()).isEmpty();
      assertThat(report.withdrawn()).hasSize(1);
      assertThat(report.withdrawn().get(0).rule()).isEqualTo("daily_realized_loss");
      assertThat(report.withdrawn().get(0).newValue()).isEqualTo("-800");
      assertThat(report.withdrawn().get(0).effectiveAt()).isEqualTo(RESET);
      assertThat(world.audit().getLast())
          .isEqualTo(
              "anna | rules.set | 13298777/daily_realized_loss.limit: -500 → -800 waited and is"
                  + " withdrawn | ");
      world.at(RESET);
      world.config.tick();
      assertThat(limitOfTheLoop(world)).isEqualTo("-500.00");
      assertThat(target(world)).as("the other waited on").isEqualTo("2000.00");
    }
  }

  @Test
  void aReloadSaysToo() throws Exception {
    try (DeskWorld world = DeskWorld.running(directory, LOSS)) {
      String before = world.file();
      done(world.rules.set(ADMIN, set("RULE-003", "limit", "-800")));
      world.write(before.replace("limit: -500", "limit: -900"));
      ConfigReport other = done(world.config.reload(ADMIN, false, Optional.empty()));
      assertThat(other.withdrawn()).as("another value waits").isEmpty();
      world.write(before);
      assertThat(done(world.config.validate(Map.of())).withdrawn()).hasSize(1);

      ConfigReport report = done(world.config.reload(ADMIN, false, Optional.empty()));

      assertThat(report.withdrawn()).hasSize(1);
      assertThat(world.audit().getLast())
          .isEqualTo(
              "anna | config.reload | 13298777/daily_realized_loss.limit: -500 → -900 waited and"
                  + " is withdrawn | ");
      assertThat(done(world.config.validate(Map.of())).withdrawn()).isEmpty();
    }
  }

  @Test
  void nowNeedsAReasonAndTakesOnlyThatKey() throws Exception {
    try (DeskWorld world = DeskWorld.running(directory, LOSS)) {
      done(world.rules.set(ADMIN, set("daily_realized_profit", "target", "2000")));

      assertThat(refusal(world.rules.set(ADMIN, now("limit", "-800", null))).field())
          .contains("reason");
      assertThat(world.file()).contains("limit: -500");

      ConfigReport report = done(world.rules.set(ADMIN, now("limit", "-800", "agreed")));

      assertThat(report.changes()).hasSize(1);
      assertThat(report.changes().get(0).direction()).isEqualTo(Direction.LOOSENS);
      assertThat(report.changes().get(0).effectiveAt()).isEqualTo(NOON);
      assertThat(limitOfTheLoop(world)).isEqualTo("-800.00");
      assertThat(target(world)).as("waits for the reset still").isEqualTo("1000.00");
      assertThat(world.audit().getLast())
          .isEqualTo(
              "anna | rules.set | 13298777/daily_realized_loss.limit: -500 → -800, LOOSENS, takes"
                  + " effect at 2025-10-31T17:00:00Z (--now) | agreed");
      world.at(RESET);
      world.config.tick();
      assertThat(target(world)).isEqualTo("2000.00");
    }
  }

  @Test
  void aPreviewChangesNothing() throws Exception {
    try (DeskWorld world = DeskWorld.running(directory, LOSS)) {
      String before = world.file();

      ConfigReport report =
          done(
              world.rules.set(
                  ADMIN, new RuleSetRequest("RULE-003", "enabled", "false", false, null, true)));

      assertThat(report.changes().get(0).direction()).isEqualTo(Direction.LOOSENS);
      assertThat(world.file()).isEqualTo(before);
      assertThat(world.keeper.waiting().isEmpty()).isTrue();
      assertThat(world.audit()).isEmpty();
    }
  }

  @Test
  void whatCannotBeIsSaidAndLosesNothing() throws Exception {
    try (DeskWorld world = DeskWorld.running(directory, LOSS)) {
      String before = world.file();

      assertThat(refusal(world.rules.set(ADMIN, set("RULE-033", "limit", "-1"))).field())
          .contains("rule");
      assertThat(refusal(world.rules.set(ADMIN, set("RULE-003", "limit", "{a: "))).field())
          .contains("value");
      ConfigReport wrong = done(world.rules.set(ADMIN, set("RULE-003", "limit", "300")));
      assertThat(wrong.valid()).isFalse();
      assertThat(wrong.problems().get(0).message())
          .isEqualTo("daily_realized_loss.limit: must be an amount below 0, not \"300\"");
      ConfigReport unknown = done(world.rules.set(ADMIN, set("RULE-003", "limt", "-300")));
      assertThat(unknown.problems().get(0).message()).contains("limt").contains("limit");

      assertThat(world.file()).isEqualTo(before);
      assertThat(limit(world)).isEqualTo("-500.00");
    }
  }

  /** A change by hand would otherwise be put in force by an unrelated command. */
  @Test
  void aFileThatWasEditedByHandMustBeReloadedFirst() throws Exception {
    try (DeskWorld world = DeskWorld.running(directory, LOSS)) {
      world.write(world.file().replace("target: 1000", "target: 900"));

      Refusal refused = refusal(world.rules.set(ADMIN, set("RULE-003", "limit", "-300")));

      assertThat(refused.message()).contains("daily_realized_profit.target", "config diff");
      assertThat(limit(world)).isEqualTo("-500.00");
      done(world.config.reload(ADMIN, false, java.util.Optional.empty()));
      done(world.rules.set(ADMIN, set("RULE-003", "limit", "-300")));
      assertThat(limit(world)).isEqualTo("-300.00");
    }
  }

  @Test
  void aFileIsReplacedUnlessSomebodyElseChangedIt() throws Exception {
    try (DeskWorld world = DeskWorld.running(directory, LOSS)) {
      String read = world.file();
      String edited = read.replace("limit: -500", "limit: -250");
      String base = ConfigReplacement.hash(read);
      world.write(read + "# somebody else\n");

      Refusal conflict =
          refusal(
              world.config.write(
                  ADMIN, new ConfigWriteRequest("risk_config.yaml", base, edited, false, null)));

      assertThat(conflict.field()).contains("base");
      assertThat(world.file()).endsWith("# somebody else\n");
      assertThat(limit(world)).isEqualTo("-500.00");

      world.write(read);
      ConfigReport done =
          done(
              world.config.write(
                  ADMIN, new ConfigWriteRequest("risk_config.yaml", base, edited, false, null)));
      assertThat(done.changes()).hasSize(1);
      assertThat(world.file()).isEqualTo(edited);
      assertThat(limitOfTheLoop(world)).isEqualTo("-250.00");
      assertThat(
              refusal(
                      world.config.write(
                          ADMIN, new ConfigWriteRequest("../x", base, edited, false, null)))
                  .field())
          .contains("file");
    }
  }

  @Test
  void aFileWithErrorsIsNotWritten() throws Exception {
    try (DeskWorld world = DeskWorld.running(directory, LOSS)) {
      String read = world.file();
      ConfigReport report =
          done(
              world.config.write(
                  ADMIN,
                  new ConfigWriteRequest(
                      "risk_config.yaml",
                      ConfigReplacement.hash(read),
                      read.replace("limit: -500", "limit: 7"),
                      false,
                      null)));
      assertThat(report.valid()).isFalse();
      assertThat(world.file()).isEqualTo(read);
    }
  }

  /** Days of -300, -500 and -499.99 dollars; today is not counted. */
  @Test
  void theHistoryCountsTheDaysOnWhichTheRuleWouldHaveFired() throws Exception {
    try (DeskWorld world = DeskWorld.running(directory, LOSS)) {
      world.stored(
          world.trade(Instant.parse("2025-10-27T15:00:00Z"), "-300"),
          world.trade(Instant.parse("2025-10-28T15:00:00Z"), "-400"),
          world.trade(Instant.parse("2025-10-28T15:01:00Z"), "-100"),
          world.trade(Instant.parse("2025-10-28T15:02:00Z"), "700"),
          world.trade(Instant.parse("2025-10-29T21:59:59Z"), "-499.99"),
          world.trade(Instant.parse("2025-10-29T22:00:00Z"), "-100"),
          world.trade(Instant.parse("2025-10-31T15:00:00Z"), "-5000"));

      assertThat(history(world, "limit", "-499.99").firedBefore()).isEqualTo(1);
      assertThat(history(world, "limit", "-499.99").firedAfter()).isEqualTo(2);
      assertThat(history(world, "limit", "-300").firedAfter()).isEqualTo(3);
      assertThat(history(world, "limit", "-300.01").firedAfter()).isEqualTo(2);
      assertThat(history(world, "limit", "-300").tradingDays()).isEqualTo(4);
      assertThat(history(world, "enabled", "false").firedAfter()).isZero();
      assertThat(history(world, "include_open", "true").note())
          .isEqualTo("not known: open P&L of earlier days is not stored");
      assertThat(history(world, "include_open", "true").firedAfter()).isNull();
    }
  }

  private static LimitHistory history(DeskWorld world, String key, String value) {
    List<LimitHistory> found =
        done(world.rules.set(ADMIN, new RuleSetRequest("RULE-003", key, value, false, null, true)))
            .history();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  /** The loop takes it up only after nobody waits any more: the keeper follows the loop. */
  @Test
  void aChangeThatTakesTooLongIsNotKnownYetAndNoOtherIsTakenMeanwhile() throws Exception {
    try (DeskWorld world = new DeskWorld(directory, Duration.ofMillis(20), LOSS)) {
      Refusal late = refusal(world.rules.set(ADMIN, set("RULE-003", "limit", "-300")));
      assertThat(late.kind()).isEqualTo(Refusal.Kind.OUTCOME_UNKNOWN);
      assertThat(late.message()).contains("not known yet").contains("config show");
      assertThat(limit(world)).isEqualTo("-500.00");
      assertThat(refusal(world.rules.set(ADMIN, set("RULE-003", "limit", "-200"))).message())
          .contains("still on its way");

      world.loop.start();

      Awaitility.await().until(() -> limit(world).equals("-300.00"));
      assertThat(limitOfTheLoop(world)).isEqualTo("-300.00");
    }
  }

  private static Refusal refusal(Answer<?> answer) {
    if (answer instanceof Answer.Refused<?>(Refusal why)) {
      return why;
    }
    throw new AssertionError(answer);
  }

  /** What an account has of its own stands over the common file. */
  private static void override(DeskWorld world, String rules) throws Exception {
    Path file = world.home.accountsYaml();
    Files.writeString(
        file, YamlEdit.set(Files.readString(file), List.of("monitored_account", "rules"), rules));
    done(world.config.reload(ADMIN, true, Optional.of("test")));
  }

  @Test
  void aChangeThatAnAccountsOwnValueHidesIsNotCalledNothing() throws Exception {
    try (DeskWorld world = DeskWorld.running(directory, LOSS)) {
      override(world, "{daily_realized_loss: {limit: -100}}");

      ConfigReport report = done(world.rules.set(ADMIN, set("RULE-003", "limit", "-300")));

      assertThat(report.changes()).isEmpty();
      assertThat(report.problems())
          .extracting(ConfigReport.Problem::message)
          .anyMatch(text -> text.contains("account " + ME) && text.contains("--account"));
      assertThat(limit(world)).isEqualTo("-100.00");
    }
  }

  @Test
  void theRuleOfOneAccountIsChangedInItsOwnPlace() throws Exception {
    try (DeskWorld world = DeskWorld.running(directory, LOSS)) {
      override(world, "{daily_realized_loss: {limit: -200}}");
      String common = world.file();

      ConfigReport report =
          done(
              world.rules.set(
                  ADMIN,
                  new RuleSetRequest("RULE-003", "limit", "-150", false, null, false, ME.value())));

      assertThat(report.changes())
          .singleElement()
          .satisfies(
              change -> {
                assertThat(change.oldValue()).isEqualTo("-200");
                assertThat(change.newValue()).isEqualTo("-150");
                assertThat(change.direction()).isEqualTo(Direction.TIGHTENS);
              });
      assertThat(report.history()).allMatch(history -> history.accountId() == ME.value());
      assertThat(limit(world)).isEqualTo("-150.00");
      assertThat(limitOfTheLoop(world)).isEqualTo("-150.00");
      assertThat(world.file()).isEqualTo(common);
      assertThat(Files.readString(world.home.accountsYaml())).contains("-150");

      ConfigReport own =
          done(
              world.rules.set(
                  ADMIN,
                  new RuleSetRequest("RULE-013", "target", "900", false, null, false, ME.value())));
      assertThat(own.changes()).hasSize(1);
      assertThat(target(world)).isEqualTo("900.00");
      assertThat(world.file()).isEqualTo(common);

      assertThat(
              world.rules.set(
                  ADMIN, new RuleSetRequest("RULE-003", "limit", "-150", false, null, false, 77L)))
          .isInstanceOf(Answer.Refused.class);
    }
  }
}
