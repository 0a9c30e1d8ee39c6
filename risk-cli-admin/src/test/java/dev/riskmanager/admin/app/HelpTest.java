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
