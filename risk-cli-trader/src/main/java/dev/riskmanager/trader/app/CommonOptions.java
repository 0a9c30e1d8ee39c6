package dev.riskmanager.trader.app;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options every command has; they may stand before or after its name. */
final class CommonOptions {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "The engine's home. Default: RISK_HOME, else the path in /etc/risk-manager/home, else"
              + " ~/.risk-manager.")
  @Nullable String home;

  @Option(
      names = "--account",
      paramLabel = "ID",
      scope = ScopeType.INHERIT,
      description = "Only this account. Default: all.")
  @Nullable Long account;

  @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print JSON.")
  boolean json;

  @Option(
      names = "--no-color",
      scope = ScopeType.INHERIT,
      description = "No colours; NO_COLOR does the same.")
  boolean noColor;
}
