package dev.riskmanager.trader.app;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionText implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"risk-trader " + Version.number()};
  }
}
