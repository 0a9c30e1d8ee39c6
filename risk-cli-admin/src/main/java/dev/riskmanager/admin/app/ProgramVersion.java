package dev.riskmanager.admin.app;

import dev.riskmanager.daemon.app.Build;
import picocli.CommandLine;

/** The version of this build. */
public final class ProgramVersion implements CommandLine.IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"Risk Manager " + Build.version()};
  }
}
