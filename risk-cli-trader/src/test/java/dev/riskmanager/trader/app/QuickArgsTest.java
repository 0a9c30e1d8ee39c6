package dev.riskmanager.trader.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class QuickArgsTest {
  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  private static final Console CONSOLE =
      new Console(NOWHERE, NOWHERE, false, Map.of(), InstantSource.system(), System::nanoTime);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "status --json",
        "status --once --no-color",
        "status --oneline --account 13298777",
        "--home /srv/risk status --check",
        "status --home relative/dir --json --check"
      })
  void plainArgumentsAreUnderstood(String line) {
    String[] args = line.split(" ", -1);

    assertSame(args, requireNonNull(QuickArgs.read(args)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "lockouts",
        "--json",
        "status --help",
        "status -h",
        "status --jso",
        "status --json --json",
        "status status",
        "status --json=true",
        "status --account 1x",
        "status --account",
        "status --account -5",
        "status --account 1234567890123456789",
        "status --home",
        "status --home --json",
        "status --home=/x",
        "--home lockouts status",
        "status --home @file",
        "status @file",
        "status extra"
      })
  void everythingElseIsLeftToPicocli(String line) {
    assertThat(QuickArgs.read(line.isEmpty() ? new String[0] : line.split(" ", -1))).isNull();
  }

  @Test
  void whatIsUnderstoodIsWhatPicocliUnderstands() {
    List<String> words =
        List.of(
            "status",
            "lockouts",
            "--json",
            "--once",
            "--oneline",
            "--check",
            "--no-color",
            "--home",
            "--account",
            "/srv/risk",
            "status",
            "13298777",
            "0",
            "007",
            "--",
            "-h");
    Random random = new Random(20251031);
    int understood = 0;
    for (int i = 0; i < 20_000; i++) {
      List<String> args = new ArrayList<>();
      int count = 1 + random.nextInt(5);
      for (int w = 0; w < count; w++) {
        args.add(words.get(random.nextInt(words.size())));
      }
      QuickArgs quick = QuickArgs.read(args.toArray(String[]::new));
      if (quick != null) {
        understood++;
        assertSame(args.toArray(String[]::new), quick);
      }
    }
    assertThat(understood).isGreaterThan(100);
  }

  private static void assertSame(String[] args, QuickArgs quick) {
    QuickArgs slow = picocli(args);
    assertThat(slow).as("picocli refuses %s", List.of(args)).isNotNull();
    assertThat(text(quick)).as("%s", List.of(args)).isEqualTo(text(requireNonNull(slow)));
  }

  private static String text(QuickArgs args) {
    CommonOptions options = args.options();
    return args.request()
        + " "
        + options.home
        + " "
        + options.account
        + " "
        + options.json
        + " "
        + options.noColor;
  }

  private static @Nullable QuickArgs picocli(String... args) {
    CommandLine line = CommandTree.line(CONSOLE, args);
    try {
      CommandLine.ParseResult parsed = line.parseArgs(args);
      if (!parsed.hasSubcommand()) {
        return null;
      }
      Object command = parsed.subcommand().commandSpec().userObject();
      CommandTree tree = (CommandTree) line.getCommandSpec().userObject();
      return command instanceof StatusCommand status
          ? new QuickArgs(tree.options, status.request())
          : null;
    } catch (ParameterException e) {
      return null;
    }
  }
}
