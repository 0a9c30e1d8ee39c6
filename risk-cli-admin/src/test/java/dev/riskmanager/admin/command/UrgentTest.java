package dev.riskmanager.admin.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.admin.session.Options;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What is read without picocli is read as picocli reads it. */
class UrgentTest {
  private static final Instant NOW = Instant.parse("2025-10-31T17:21:19Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unlock 13298777",
        "unlock 13298777 --rule RULE-003 --reason benchmark --yes --home /srv/risk",
        "unlock --preview --symbol MNQ --json 1 --no-color --password-stdin",
        "lock 1 --for 30m --reason news",
        "lock --until 2026-08-19T22:00:00Z 1 --yes",
        "flatten 1 --reason r --yes --home relative",
        "lockouts",
        "lockouts --history --json"
      })
  void plainArgumentsAreUnderstood(String line) {
    String[] args = line.split(" ", -1);

    assertSame(args, requireNonNull(read(args)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rules list",
        "unlock",
        "unlock --help",
        "unlock 1 -h",
        "unlock 1 2",
        "unlock -1",
        "unlock 1x",
        "unlock +1",
        "unlock 1234567890123456789",
        "unlock ١",
        "unlock 1 --yes --yes",
        "unlock 1 --reason a --reason b",
        "unlock 1 --reason=a",
        "unlock 1 --reason",
        "unlock 1 --reason --yes",
        "unlock 1 --reason @file",
        "unlock 1 --reason \"quoted",
        "unlock 1 --reason 'quoted",
        "unlock @file",
        "unlock 1 --password hunter2",
        "unlock 1 --rea a",
        "unlock 1 --history",
        "unlock 1 --for 30m",
        "lock 1",
        "lock 1 --for 30m --until 2026-08-19T22:00:00Z",
        "lock 1 --for 30",
        "lock 1 --until tomorrow",
        "flatten",
        "lockouts 1",
        "lockouts --yes",
        "Unlock 1"
      })
  void everythingElseIsLeftToPicocli(String line) {
    assertThat(read(line.split(" ", -1))).isNull();
  }

  @Test
  void anEmptyValueIsLeftToPicocli() {
    assertThat(Urgent.read("unlock", "1", "--reason", "")).isNull();
    assertThat(Urgent.read("unlock", "", "--reason", "r")).isNull();
  }

  @Test
  void whatIsUnderstoodIsWhatPicocliUnderstands() {
    List<String> words =
        List.of(
            "--json",
            "--no-color",
            "--password-stdin",
            "--home",
            "--rule",
            "--symbol",
            "--reason",
            "--yes",
            "--preview",
            "--for",
            "--until",
            "--history",
            "/srv/risk",
            "two words",
            "lock",
            "a=b",
            "30m",
            "--for~30m",
            "2026-08-19T22:00:00Z",
            "13298777",
            "13298777",
            "007",
            "0",
            "--",
            "-h",
            "x'y");
    Map<String, Integer> understood = new HashMap<>();
    Random random = new Random(20251031);
    for (int i = 0; i < 40_000; i++) {
      List<String> args = new ArrayList<>();
      args.add(List.of("unlock", "lock", "flatten", "lockouts").get(random.nextInt(4)));
      int count = random.nextInt(7);
      for (int w = 0; w < count; w++) {
        args.addAll(List.of(words.get(random.nextInt(words.size())).split("~", -1)));
      }
      String[] line = args.toArray(String[]::new);
      Urgent urgent = read(line);
      if (urgent != null) {
        understood.merge(line[0], 1, Integer::sum);
        assertSame(line, urgent);
      }
    }
    assertThat(understood).hasSize(4).allSatisfy((name, n) -> assertThat(n).isGreaterThan(10));
  }

  private static @Nullable Urgent read(String... line) {
    return Urgent.read(line[0], Arrays.copyOfRange(line, 1, line.length));
  }

  private static void assertSame(String[] line, Urgent urgent) {
    String slow = picocli(line);
    assertThat(slow).as("picocli refuses %s", List.of(line)).isNotNull();
    assertThat(text(urgent.act(), urgent.options())).as("%s", List.of(line)).isEqualTo(slow);
  }

  private static String text(Urgent.Act act, Options options) {
    String what =
        act instanceof Lock lock
            ? lock.account() + " " + lock.end().from(() -> NOW) + " " + lock.reason()
            : act.toString();
    return what + " " + options;
  }

  private static @Nullable String picocli(String... line) {
    Object command =
        switch (line[0]) {
          case "unlock" -> new UnlockCommand();
          case "lock" -> new LockCommand();
          case "flatten" -> new FlattenCommand();
          default -> new LockoutsCommand();
        };
    CommandLine parser = new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true);
    try {
      parser.parseArgs(Arrays.copyOfRange(line, 1, line.length));
      Urgent.Act act =
          switch (command) {
            case UnlockCommand unlock -> unlock.asked();
            case LockCommand lock -> lock.asked();
            case FlattenCommand flatten -> flatten.asked();
            case LockoutsCommand lockouts -> lockouts.asked();
            default -> throw new IllegalStateException();
          };
      Options options =
          (Options)
              parser.getCommandSpec().mixins().values().stream()
                  .map(CommandLine.Model.CommandSpec::userObject)
                  .filter(Options.class::isInstance)
                  .findFirst()
                  .orElseThrow();
      return text(act, options);
    } catch (ParameterException e) {
      return null;
    }
  }
}
