package dev.riskmanager.admin.command;

import dev.riskmanager.admin.render.RulesText;
import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.RuleConfigView;
import dev.riskmanager.wire.RulesView;
import dev.riskmanager.wire.WireJson;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rules}: shows the rules and changes them, one key at a time. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Shows the rules and changes them, in the file (comments and order stay) and in force. What",
      "tightens takes effect at once, what loosens at the rule's next reset."
    },
    footer = {
      "",
      "Examples:",
      "  risk-admin rules list",
      "  risk-admin rules show RULE-003",
      "  risk-admin rules set daily_realized_loss limit -300",
      "  risk-admin rules set RULE-002 limits.MNQ 1",
      "  risk-admin rules set RULE-003 limit -800 --preview",
      "  risk-admin rules set RULE-003 limit -800 --now --reason \"agreed with coach\"",
      "  risk-admin rules set RULE-003 limit -200 --account 13298777",
      "  risk-admin rules disable RULE-012"
    },
    subcommands = {
      RulesCommand.ListRules.class,
      RulesCommand.Show.class,
      RulesCommand.Enable.class,
      RulesCommand.Disable.class,
      RulesCommand.SetKey.class,
      RulesCommand.Edit.class
    })
public final class RulesCommand extends CommandGroup {
  private static RulesView read(Options options, @Nullable Long account) throws Exception {
    try (AdminClient client = options.admin()) {
      return client.rulesList(account == null ? OptionalLong.empty() : OptionalLong.of(account));
    }
  }

  /** {@code rules list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the thirteen rules with what holds, and what waits for a reset.",
      footer = {"", "Example:", "  risk-admin rules list --account 13298777"})
  static final class ListRules implements Callable<Integer> {
    @Spec private CommandLine.Model.CommandSpec spec;
    @Mixin private Options options;

    @Option(
        names = "--account",
        paramLabel = "ACCOUNT",
        description = "Whose; else the first account's.")
    private @Nullable Long account;

    @Override
    public Integer call() throws Exception {
      PrintWriter out = spec.commandLine().getOut();
      RulesView view = read(options, account);
      if (options.json()) {
        out.println(WireJson.write(view));
      } else {
        if (view.accounts().size() > 1) {
          out.println("Account " + view.accountId());
        }
        RulesText.list(view.rules()).forEach(out::println);
      }
      return 0;
    }
  }

  /** {@code rules show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows one rule with all its keys.",
      footer = {"", "Example:", "  risk-admin rules show daily_realized_loss"})
  static final class Show implements Callable<Integer> {
    @Spec private CommandLine.Model.CommandSpec spec;
    @Mixin private Options options;

    @Parameters(paramLabel = "RULE", description = "RULE-003 or daily_realized_loss.")
    private String rule = "";

    @Option(
        names = "--account",
        paramLabel = "ACCOUNT",
        description = "Whose; else the first account's.")
    private @Nullable Long account;

    @Override
    public Integer call() throws Exception {
      PrintWriter out = spec.commandLine().getOut();
      for (RuleConfigView view : read(options, account).rules()) {
        if (view.ruleId().equalsIgnoreCase(rule) || view.rule().equals(rule)) {
          if (options.json()) {
            out.println(WireJson.write(view));
          } else {
            RulesText.one(view).forEach(out::println);
          }
          return 0;
        }
      }
      throw new CommandException(
          "no rule is called " + rule + "; `risk-admin rules list` shows them");
    }
  }

  /** {@code rules enable}. */
  @Command(
      name = "enable",
      mixinStandardHelpOptions = true,
      description = "Switches a rule on; at once.",
      footer = {"", "Example:", "  risk-admin rules enable RULE-008"})
  static final class Enable implements Callable<Integer> {
    @Mixin private RuleChanging change;

    @Parameters(paramLabel = "RULE", description = "RULE-003 or daily_realized_loss.")
    private String rule = "";

    @Override
    public Integer call() throws Exception {
      return change.make(rule, "enabled", "true");
    }
  }

  /** {@code rules disable}. */
  @Command(
      name = "disable",
      mixinStandardHelpOptions = true,
      description = "Switches a rule off, from its next reset on.",
      footer = {"", "Example:", "  risk-admin rules disable RULE-012"})
  static final class Disable implements Callable<Integer> {
    @Mixin private RuleChanging change;

    @Parameters(paramLabel = "RULE", description = "RULE-003 or daily_realized_loss.")
    private String rule = "";

    @Override
    public Integer call() throws Exception {
      return change.make(rule, "enabled", "false");
    }
  }

  /** {@code rules set}. */
  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      description = {
        "Sets one key of a rule: in the file, where comments and order stay, and in force. Shows",
        "old and new, whether it tightens or loosens, when it takes effect, and on how many of the",
        "last trading days it would have fired."
      },
      footer = {
        "",
        "Examples:",
        "  risk-admin rules set RULE-003 limit -300",
        "  risk-admin rules set max_contracts_per_instrument limits.MNQ 1",
        "  risk-admin rules set RULE-007 loss_thresholds.0.loss_amount -150 --preview",
        "  risk-admin rules set symbol_blocks blocked_symbols \"[RTY, BTC]\""
      })
  static final class SetKey implements Callable<Integer> {
    private CommandLine.Model.@Nullable CommandSpec spec;
    @Mixin private RuleChanging change;

    @Spec
    void spec(CommandLine.Model.CommandSpec found) {
      spec = found;
      // A limit is a negative number as a rule, and no option.
      found.parser().unmatchedOptionsArePositionalParams(true);
    }

    @Parameters(index = "0", paramLabel = "RULE", description = "RULE-003 or daily_realized_loss.")
    private String rule = "";

    @Parameters(
        index = "1",
        paramLabel = "KEY",
        description = "limit, limits.MNQ, loss_thresholds.0.loss_amount; or key=value.")
    private String key = "";

    @Parameters(
        index = "2..*",
        arity = "0..*",
        paramLabel = "VALUE",
        description = "The new value, as in the file.")
    private List<String> value = List.of();

    @Override
    public Integer call() throws Exception {
      int equals = key.indexOf('=');
      if (equals > 0 && value.isEmpty()) {
        return change.make(rule, key.substring(0, equals), key.substring(equals + 1));
      }
      if (value.isEmpty() && spec != null) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "give a value: rules set RULE KEY VALUE, or KEY=VALUE");
      }
      return change.make(rule, key, String.join(" ", value));
    }
  }

  /** {@code rules edit}. */
  @Command(
      name = "edit",
      mixinStandardHelpOptions = true,
      description = {
        "Opens the rules in $VISUAL or $EDITOR, on a copy; then checks, shows the differences and",
        "asks. The same as `config edit risk_config.yaml`."
      },
      footer = {"", "Example:", "  risk-admin rules edit RULE-003"})
  static final class Edit implements Callable<Integer> {
    @Spec private CommandLine.Model.CommandSpec spec;
    @Mixin private ConfigEdit.Choices choices;

    @Parameters(
        paramLabel = "RULE",
        arity = "0..1",
        description = "Where to begin: RULE-003 or daily_realized_loss.")
    private @Nullable String rule;

    @Override
    public Integer call() throws Exception {
      return new ConfigEdit(spec.commandLine(), choices).edit("risk_config.yaml", rule);
    }
  }
}
