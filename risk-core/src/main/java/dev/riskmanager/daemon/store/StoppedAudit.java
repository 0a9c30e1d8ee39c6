package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store.StoreException;
import java.io.IOException;
import java.sql.SQLException;

/** Looks through the audit of a home whose engine does not run; changes nothing. */
public final class StoppedAudit {
  private StoppedAudit() {}

  /**
   * Looks.
   *
   * @throws StoreException when it cannot be read
   */
  public static AuditVerification verify(StoreSettings settings, AuditFiles files)
      throws StoreException {
    StoreErrors errors = new StoreErrors(settings);
    try (AuditReader reader = AuditReader.open(settings.database(), errors)) {
      return AuditVerification.of(
          reader, new AuditLog(files.logs()), new Marker(files.marker()), reader.head());
    } catch (SQLException e) {
      throw errors.of("read", e);
    } catch (IOException e) {
      throw new StoreException("the audit cannot be checked: " + StoreErrors.why(e), e);
    }
  }
}
