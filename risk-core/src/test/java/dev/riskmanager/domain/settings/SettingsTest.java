package dev.riskmanager.domain.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.config.YamlFile;
import dev.riskmanager.domain.model.Money;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
  private final Problems problems = new Problems();

  @Test
  void whatIsAbsentIsTheFallback() {
    Settings s = of("{}");

    assertThat(s.flag("a", true)).isTrue();
    assertThat(s.text("b", "fallback")).isEqualTo("fallback");
    assertThat(s.whole("c", 7, 0, 9)).isEqualTo(7);
    assertThat(s.duration("d", Duration.ofSeconds(11))).isEqualTo(Duration.ofSeconds(11));
    assertThat(s.section("e")).isEmpty();
    assertThat(s.texts("f")).isEmpty();
    assertThat(s.node("g")).isEmpty();
    s.finish();
    assertThat(problems.all()).isEmpty();
  }

  @Test
  void valuesAreReadAsWritten() {
    Settings s =
        of(
            """
            flag: false
            limit: -500
            target: 1000.25
            reset_time: "17:00"
            timezone: America/Chicago
            after: 1h30m
            symbols: [RTY, BTC]
            count: 5
            """);

    assertThat(s.flag("flag", true)).isFalse();
    assertThat(s.negativeMoney("limit", Money.ZERO)).isEqualTo(Money.of("-500"));
    assertThat(s.positiveMoney("target", Money.ZERO)).isEqualTo(Money.of("1000.25"));
    assertThat(s.time("reset_time", LocalTime.MIN)).isEqualTo(LocalTime.of(17, 0));
    assertThat(s.zone("timezone", ZoneId.of("UTC"))).isEqualTo(CHICAGO);
    assertThat(s.duration("after", Duration.ZERO)).isEqualTo(Duration.ofMinutes(90));
    assertThat(s.texts("symbols")).containsExactly("RTY", "BTC");
    assertThat(s.whole("count", 0, 5, 5)).isEqualTo(5);
    s.finish();
    assertThat(problems.all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "90, PT1M30S",
    "90s, PT1M30S",
    "30m, PT30M",
    "1h, PT1H",
    "1h30m, PT1H30M",
    "250ms, PT0.25S",
    "1h2m3s4ms, PT1H2M3.004S",
    "0, PT0S"
  })
  void durationsAreSecondsOrUnits(String written, Duration expected) {
    assertThat(Values.duration(written)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "90 s", "1d", "30m1h", "s", "m", "abc", "99999999999"})
  void otherTextsAreNoDuration(String written) {
    assertThat(Values.duration(written)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"PT0S, 0s", "PT1M30S, 1m30s", "PT24H, 24h", "PT0.25S, 250ms", "PT1H0.5S, 1h500ms"})
  void durationsAreShownTheWayTheyAreWritten(Duration duration, String shown) {
    assertThat(Values.show(duration)).isEqualTo(shown);
    assertThat(Values.duration(shown)).contains(duration);
  }

  @Test
  void everyMistakeIsReportedAtOnce() {
    Settings s =
        of(
            """
            flag: yes
            limit: 500
            target: -1
            count: 10
            reset_time: 25:00
            timezone: America/Chicgo
            offset: "+01:00"
            after: soon
            range: 2h
            policy: hlod
            list: RTY
            section: 5
            scalar: [1]
            scalar2: {a: 1}
            empty:
            nothing: ~
            blank: "  "
            stale: 0s
            """);

    s.flag("flag", true);
    s.negativeMoney("limit", Money.of("-1"));
    s.positiveMoney("target", Money.of("1"));
    s.whole("count", 1, 0, 9);
    s.time("reset_time", LocalTime.MIN);
    s.zone("timezone", CHICAGO);
    s.zone("offset", CHICAGO);
    s.duration("after", Duration.ZERO);
    s.duration("range", Duration.ZERO, Duration.ofMillis(500), Duration.ofHours(1));
    s.choice("policy", "alert", List.of("alert", "hold", "flatten"));
    s.texts("list");
    s.section("section");
    s.whole("scalar", 0, 0, Long.MAX_VALUE);
    s.flag("scalar2", true);
    s.text("empty", "");
    s.text("nothing", "");
    s.text("blank", "");
    s.positiveDuration("stale", Duration.ZERO);

    assertThat(problems.all())
        .extracting(Object::toString)
        .containsExactly(
            "f.yaml:1:7: flag: must be true or false, not \"yes\"",
            "f.yaml:2:8: limit: must be an amount below 0, not \"500\"",
            "f.yaml:3:9: target: must be an amount above 0, not \"-1\"",
            "f.yaml:4:8: count: must be a whole number from 0 to 9, not \"10\"",
            "f.yaml:5:13: reset_time: must be a time such as \"17:00\", not \"25:00\"",
            "f.yaml:6:11: timezone: must be a time zone such as America/Chicago, not"
                + " \"America/Chicgo\" (did you mean America/Chicago?)",
            "f.yaml:7:9: offset: must be a time zone such as America/Chicago, not \"+01:00\"",
            "f.yaml:8:8: after: must be a duration such as 90, 90s, 30m or 1h30m, not \"soon\"",
            "f.yaml:9:8: range: must be a duration from 500ms to 1h, such as 90, 90s, 30m or 1h30m,"
                + " not \"2h\"",
            "f.yaml:10:9: policy: must be one of alert, hold, flatten, not \"hlod\" (did you mean"
                + " hold?)",
            "f.yaml:11:7: list: must be a list",
            "f.yaml:12:10: section: must be a section of keys and values",
            "f.yaml:13:9: scalar: must be a whole number of at least 0, not a list",
            "f.yaml:14:10: scalar2: must be true or false, not a section",
            "f.yaml:15:7: empty: is empty; it must be a text",
            "f.yaml:16:10: nothing: is empty; it must be a text",
            "f.yaml:17:8: blank: must be a text, not \"  \"",
            "f.yaml:18:8: stale: must be a duration above 0, such as 90, 90s, 30m or 1h30m, not"
                + " \"0s\"");
  }

  @ParameterizedTest
  @CsvSource({"1e3, 1000", "-0.5, -0.5"})
  void moneyIsAnyDecimal(String written, String amount) {
    assertThat(Values.money(written)).contains(Money.of(amount));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "1e99", "1_000", "$5", "0x10", ""})
  void whatIsNoDecimalIsNoMoney(String written) {
    assertThat(Values.money(written)).isEmpty();
  }

  @Test
  void unknownKeysAreNamedWithTheNearestAndTheAllowed() {
    Settings s = of("limt: 1\nenabled: true\nzzz: 2\n");

    s.flag("enabled", false);
    s.whole("limit", 0, 0, 9);
    s.finish();

    assertThat(problems.all())
        .extracting(Object::toString)
        .containsExactly(
            "f.yaml:1:1: limt: unknown key (did you mean limit?); allowed here: enabled, limit",
            "f.yaml:3:1: zzz: unknown key; allowed here: enabled, limit");
  }

  @Test
  void aKeyThatIsThereTwiceIsAnErrorOnceHoweverOftenItIsRead() {
    ConfigNode tree = YamlFile.parse("f.yaml", "a: 1\nb: 2\na: 3\n", problems).orElseThrow();

    Settings.of("top", tree, problems);
    Settings.of("top", tree, problems);

    assertThat(problems.all())
        .extracting(Object::toString)
        .containsExactly("f.yaml:3:1: top.a: the key is there twice (first in line 1); remove one");
  }

  @Test
  void aSectionWhoseKeysAreCommentedOutIsAnEmptyOne() {
    Settings s = of("general:\n  # reset_time: \"17:00\"\nlist:\n");

    assertThat(s.section("general").orElseThrow().names()).isEmpty();
    assertThat(s.texts("list")).isEmpty();
    assertThat(problems.all()).isEmpty();
  }

  @Test
  void listsNameTheItemThatIsWrongAndTheOneThatIsThereTwice() {
    Settings s = of("numbers: [1, x, 2, 1]\nmixed: [a, {b: c}]\n");

    assertThat(s.distinct("numbers", Values::whole, "a whole number")).containsExactly(1L, 2L);
    assertThat(s.texts("mixed")).containsExactly("a");
    assertThat(problems.all())
        .extracting(Object::toString)
        .containsExactly(
            "f.yaml:1:14: numbers[1]: must be a whole number, not \"x\"",
            "f.yaml:1:20: numbers[3]: is there twice; remove one",
            "f.yaml:2:12: mixed[1]: must be a text, not a section");
  }

  @Test
  void whatIsRequiredAndMissingIsReportedAtItsSection() {
    Settings s = of("topstepx:\n  username: ada\n").section("topstepx").orElseThrow();

    assertThat(s.require("username")).isTrue();
    assertThat(s.require("api_key")).isFalse();
    assertThat(problems.all())
        .extracting(Object::toString)
        .containsExactly("f.yaml:2:3: topstepx.api_key: is missing; add it");
  }

  @Test
  void aProblemIsOneLineAndNotLongWhateverWasWritten() {
    Settings s = of("flag: \"a\\nb\\u2028c\\e[31m" + "x".repeat(500) + "\"\n");

    s.flag("flag", true);

    assertThat(problems.all().getFirst().toString())
        .startsWith("f.yaml:1:7: flag: must be true or false, not \"a?b?c?[31mxxx")
        .endsWith("x…\"")
        .hasSizeLessThan(120);
  }

  @Test
  void warningsAreNoErrors() {
    Settings s = of("a: 1\n");

    s.warning("a", "odd");
    assertThat(problems.hasErrors()).isFalse();
    assertThat(problems.warnings()).hasSize(1);
    s.error("a", "wrong");
    assertThat(problems.hasErrors()).isTrue();
    assertThat(problems.errors()).extracting(Problems.Problem::message).containsExactly("wrong");
  }

  @Test
  void theNearestOfEqualsIsTheFirstOfTheAlphabet() {
    assertThat(Nearest.of("bit", List.of("sit", "fit", "hit"))).isEqualTo(Optional.of("fit"));
    assertThat(Nearest.of("xyzxyz", List.of("sit", "fit"))).isEmpty();
  }

  private Settings of(String yaml) {
    Optional<ConfigNode> tree = YamlFile.parse("f.yaml", yaml, problems);
    return Settings.of("", tree.orElseThrow(), problems);
  }
}
