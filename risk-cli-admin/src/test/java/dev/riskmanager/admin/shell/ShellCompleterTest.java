package dev.riskmanager.admin.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.admin.command.CheckCommand;
import dev.riskmanager.admin.command.ConfigCommand;
import dev.riskmanager.admin.command.DrillCommand;
import dev.riskmanager.admin.command.InitCommand;
import dev.riskmanager.admin.command.LockCommand;
import dev.riskmanager.admin.command.LockoutsCommand;
import dev.riskmanager.admin.command.NotifyCommand;
import dev.riskmanager.admin.command.RulesCommand;
import dev.riskmanager.admin.command.UnlockCommand;
import dev.riskmanager.wire.JsonText;
import dev.riskmanager.wire.RulesView;
import dev.riskmanager.wire.StatusView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.reader.Candidate;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Parser;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What Tab offers: commands and options from their own model, values by what they are. */
class ShellCompleterTest {
  private static final StatusView STATUS =
      new JsonText("{\"accounts\":[{\"accountId\":13298777,\"name\":\"Main\"}]}")
          .as(StatusView.class);

  /** A home that names a symbol, and a venue that lists one, that this version never heard of. */
  private static final RulesView RULES =
      new JsonText(
              """
              {"accountId":13298777,"accounts":[13298777],"symbols":["ES","NEWQ"],"rules":[
               {"ruleId":"RULE-002","rule":"max_contracts_per_instrument","enabled":true,
                "configured":true,"mode":"enforce","settings":[{"key":"limits.OWN1","value":"2"}]},
               {"ruleId":"RULE-003","rule":"daily_realized_loss","enabled":true,
                "configured":true,"mode":"enforce","settings":[{"key":"limit","value":"-500"}]},
               {"ruleId":"RULE-007","rule":"cooldown_after_loss","enabled":true,
                "configured":true,"mode":"enforce",
                "settings":[{"key":"loss_thresholds.5.loss_amount","value":"-9"}]}]}
              """)
          .as(RulesView.class);

  @Test
  void theHomesOwnSymbolsAndKeysToo() throws Exception {
    assertThat(offered("unlock 13298777 --symbol ")).contains("MNQ", "NEWQ", "OWN1");
    assertThat(offered("rules set RULE-002 "))
        .contains("limits.MNQ", "limits.NEWQ", "limits.OWN1")
        .doesNotHaveDuplicates();
    assertThat(offered("rules set RULE-007 "))
        .contains("loss_thresholds.0.loss_amount", "loss_thresholds.5.loss_amount");
    assertThat(offered("rules set RULE-011 blocked_symbols ")).contains("NEWQ", "OWN1");
  }

  @Test
  void commandsAndTheirOptions() throws Exception {
    assertThat(offered("")).contains("rules", "unlock", "exit", "help");
    assertThat(offered("help ")).contains("rules", "unlock").doesNotContain("exit");
    assertThat(offered("rules ")).contains("list", "show", "set", "edit").doesNotContain("unlock");
    assertThat(offered("unlock 1 --")).contains("--reason", "--rule", "--preview", "--yes");
    assertThat(offered("unlock 1 --yes --")).doesNotContain("--yes");
  }

  @Test
  void rulesAccountsSymbolsAndTimes() throws Exception {
    assertThat(offered("unlock ")).containsExactly("13298777");
    assertThat(offered("unlock 13298777 --rule "))
        .contains("RULE-003", "daily_realized_loss", "MANUAL");
    assertThat(offered("unlock 13298777 --symbol ")).contains("MNQ", "ES");
    assertThat(offered("rules show "))
        .contains("RULE-013", "max_contracts")
        .doesNotContain("MANUAL");
    assertThat(offered("lock 13298777 --for ")).contains("30m");
    assertThat(offered("config edit ")).contains("holidays.yaml", "risk_config.yaml");
    assertThat(offered("drill --account ")).containsExactly("13298777");
  }

  @Test
  void whatCommandsNameThemselvesAndFilesWhereFilesAreMeant() throws Exception {
    assertThat(offered("notify test ")).contains("webhook", "telegram", "desktop");
    assertThat(offered("init --preset ")).containsExactly("conservative", "moderate", "none");
    assertThat(offered("check ")).contains("pom.xml", "src/").doesNotContain("holidays.yaml");
    assertThat(offered("check src/ma")).contains("src/main/");
    assertThat(offered("lockouts --home ")).contains("src/");
  }

  @Test
  void theKeysOfTheRuleBeforeAndTheWordsOfTheKeyBefore() throws Exception {
    assertThat(offered("rules set RULE-003 "))
        .contains("limit", "include_open", "admin_unlock")
        .doesNotContain("target");
    assertThat(offered("rules set max_contracts_per_instrument ")).contains("limits.MNQ");
    assertThat(offered("rules set RULE-001 count_type ")).containsExactlyInAnyOrder("net", "gross");
    assertThat(offered("rules set RULE-003 limit ")).as("as it is now").containsExactly("-500");
    assertThat(offered("rules set nonsense ")).isEmpty();
  }

  private static List<String> offered(String line) throws Exception {
    CommandSpec root = CommandSpec.create().name("risk-admin");
    root.addSubcommand("rules", new CommandLine(new RulesCommand()));
    root.addSubcommand("unlock", new CommandLine(new UnlockCommand()));
    root.addSubcommand("lock", new CommandLine(new LockCommand()));
    root.addSubcommand("config", new CommandLine(new ConfigCommand()));
    root.addSubcommand("drill", new CommandLine(new DrillCommand()));
    root.addSubcommand("notify", new CommandLine(new NotifyCommand()));
    root.addSubcommand("init", new CommandLine(new InitCommand()));
    root.addSubcommand("check", new CommandLine(new CheckCommand()));
    root.addSubcommand("lockouts", new CommandLine(new LockoutsCommand()));
    ShellCompleter completer =
        new ShellCompleter(root, () -> Optional.of(STATUS), () -> Optional.of(RULES));
    List<Candidate> candidates = new ArrayList<>();
    try (Terminal terminal =
        new DumbTerminal(
            new java.io.ByteArrayInputStream(new byte[0]), new java.io.ByteArrayOutputStream())) {
      completer.complete(
          LineReaderBuilder.builder().terminal(terminal).build(),
          new DefaultParser().parse(line, line.length(), Parser.ParseContext.COMPLETE),
          candidates);
    }
    return candidates.stream().map(Candidate::value).toList();
  }
}
