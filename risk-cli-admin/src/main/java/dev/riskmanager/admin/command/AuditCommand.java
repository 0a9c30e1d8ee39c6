package dev.riskmanager.admin.command;

import dev.riskmanager.admin.render.AuditText;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.AuditCheck;
import dev.riskmanager.wire.AuditView;
import dev.riskmanager.wire.WireJson;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit}: who did what. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Shows who did what, when and why, newest last: every lockout set, upgraded and cleared, and",
      "every act of an admin. `audit verify` checks that nothing of it was changed."
    },
    footer = {"", "Examples:", "  risk-admin audit --tail 20", "  risk-admin audit verify"},
    subcommands = AuditCommand.Verify.class)
public final class AuditCommand implements Callable<Integer> {
  @Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private Options options;

  @Option(
      names = "--tail",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many records; ${DEFAULT-VALUE} when not given.")
  private int tail;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (AdminClient client = options.admin()) {
      AuditView view = client.audit(tail);
      if (options.json()) {
        out.println(WireJson.write(view));
      } else {
        AuditText.lines(view).forEach(out::println);
      }
      return 0;
    }
  }

  /** {@code audit verify}. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Checks the chain of hashes in the database, and compares it with audit.log and the"
            + " marker.",
        "Names the first record that does not fit; exit code 1 then."
      },
      footer = {"", "Example:", "  risk-admin audit verify"})
  static final class Verify implements Callable<Integer> {
    @Spec private CommandLine.Model.CommandSpec spec;
    @Mixin private Options options;

    @Override
    public Integer call() throws Exception {
      try (AdminClient client = options.admin()) {
        AuditCheck check = client.auditVerify();
        if (options.json()) {
          spec.commandLine().getOut().println(WireJson.write(check));
        } else if (check.valid()) {
          spec.commandLine().getOut().println("The audit is whole: " + check.message());
        } else {
          spec.commandLine()
              .getErr()
              .println(
                  "risk-admin: the audit is broken: "
                      + check.message()
                      + ". Keep the files, and compare them with the backups");
        }
        return check.valid() ? 0 : 1;
      }
    }
  }
}
