package dev.riskmanager.admin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The help of every command, as somebody reads it who has never seen it. */
class HelpTest {
  private static final int COLUMNS = 80;

  @Test
  void everyHelpFitsAnOrdinaryTerminalAndIsWholeAndHasExamples() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    List<String> wide = new ArrayList<>();
    List<String> bare = new ArrayList<>();
    all(RiskAdmin.commands(nowhere, nowhere), "risk-admin", wide, bare);

    assertThat(wide).isEmpty();
    assertThat(bare).as("without an example").isEmpty();
  }

  /** Not the first line of a description, which ends anywhere. */
  @Test
  void theListOfCommandsHasWholeSentences() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    CommandLine line = RiskAdmin.commands(nowhere, nowhere);

    assertThat(line.getUsageMessage(CommandLine.Help.Ansi.OFF).lines())
        .allMatch(text -> text.length() <= COLUMNS)
        .anyMatch(
            text ->
                text.matches("  venue +Runs the simulated venue on a loopback port until it is"))
        .anyMatch(text -> text.strip().equals("interrupted"))
        .noneMatch(text -> text.endsWith("fills, the"));
    StringWriter engine = new StringWriter();
    RiskAdmin.run(new PrintWriter(engine, true), nowhere, "engine", "--help");
    assertThat(engine.toString().lines())
        .anyMatch(text -> text.matches("  stop +Stops the engine"));
  }

  @Test
  void aWrongWordIsAnsweredInTwoOrThreeLines() {
    List<String> lits = errors("rules", "lits");
    assertThat(lits.getFirst()).isEqualTo("risk-admin: Unmatched argument at index 1: 'lits'");
    assertThat(lits.getLast()).isEqualTo("see: risk-admin rules --help");
    assertThat(errors("unlock", "--brave", "1"))
        .containsExactly("risk-admin: Unknown option: '--brave'", "see: risk-admin unlock --help");
    assertThat(errors("rules")).first().asString().startsWith("risk-admin: ");
  }

  private static List<String> errors(String... args) {
    StringWriter err = new StringWriter();
    int code = RiskAdmin.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), args);
    assertThat(code).isEqualTo(2);
    List<String> lines = err.toString().lines().toList();
    assertThat(lines).hasSizeLessThan(5);
    return lines;
  }

  private static void all(CommandLine line, String name, List<String> wide, List<String> bare) {
    String help = line.getUsageMessage(CommandLine.Help.Ansi.OFF);
    // What is longer is broken by picocli in the middle of an example.
    for (String text : line.getCommandSpec().usageMessage().footer()) {
      if (text.length() > COLUMNS) {
        wide.add(name + ": " + text);
      }
    }
    boolean group = !line.getSubcommands().isEmpty();
    if (!help.contains("Example") && !name.contains("generate-completion") && !group) {
      bare.add(name);
    }
    line.getSubcommands().forEach((sub, child) -> all(child, name + " " + sub, wide, bare));
  }
}
