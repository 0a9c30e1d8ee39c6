package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.daemon.store.AuditFiles;
import dev.riskmanager.daemon.store.AuditVerification;
import dev.riskmanager.daemon.store.StoppedAudit;
import dev.riskmanager.daemon.store.StoreSettings;
import dev.riskmanager.wire.HomeDir;
import java.nio.file.Files;

/** Looks through the audit while no engine does; a running one shows what it has found. */
final class AuditProbe {
  private AuditProbe() {}

  static String run(HomeDir home) throws Probing.Finding {
    if (Files.notExists(home.database())) {
      return "no record yet";
    }
    try {
      AuditVerification found =
          StoppedAudit.verify(StoreSettings.in(home.data()), AuditFiles.of(home.root()));
      if (!found.valid()) {
        throw new Probing.Finding(
            "not as it was written: " + found.message(),
            "start the engine, then: risk-admin audit verify");
      }
      return found.message();
    } catch (Store.StoreException e) {
      throw new Probing.Finding(
          String.valueOf(e.getMessage()), "start the engine: it keeps what is damaged");
    }
  }
}
