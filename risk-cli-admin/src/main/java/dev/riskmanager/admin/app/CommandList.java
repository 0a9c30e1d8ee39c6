package dev.riskmanager.admin.app;

import dev.riskmanager.admin.render.FirstSentence;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The commands in the help, each with a whole sentence instead of its description's first line. */
final class CommandList {
  private CommandList() {}

  /** For a command and all below it. */
  static void install(CommandLine line) {
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandList::text);
    line.getSubcommands().values().forEach(CommandList::install);
  }

  private static String text(Help help) {
    int names = help.subcommands().keySet().stream().mapToInt(String::length).max().orElse(0);
    Help.TextTable table =
        Help.TextTable.forColumns(
            help.colorScheme(),
            new Help.Column(names + 4, 2, Help.Column.Overflow.SPAN),
            new Help.Column(
                help.commandSpec().usageMessage().width() - names - 4,
                0,
                Help.Column.Overflow.WRAP));
    help.subcommands()
        .forEach(
            (name, sub) ->
                table.addRowValues(
                    name, FirstSentence.of(sub.commandSpec().usageMessage().description())));
    return table.toString();
  }
}
