package dev.riskmanager.daemon.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the files outside the database say of its audit.
 *
 * @param log the newest sound record of {@code audit.log} and the files of earlier days
 * @param marker what the marker says
 * @param troubles what could not be read, a line each
 */
record Evidence(Optional<AuditHead> log, Optional<AuditHead> marker, List<String> troubles) {

  static Evidence read(AuditLog log, Marker marker) {
    List<String> troubles = new ArrayList<>();
    Optional<AuditHead> inLog = Optional.empty();
    Optional<AuditHead> inMarker = Optional.empty();
    try {
      inLog = log.newest().map(AuditRecord::head);
    } catch (IOException e) {
      troubles.add("audit.log cannot be read: " + StoreErrors.why(e));
    }
    try {
      inMarker = marker.read();
    } catch (IOException e) {
      troubles.add("the audit's marker cannot be read: " + StoreErrors.why(e));
    }
    return new Evidence(inLog, inMarker, List.copyOf(troubles));
  }

  boolean isNone() {
    return log.isEmpty() && marker.isEmpty();
  }

  /** The newer of the two; {@link AuditHead#NONE} when there is neither. */
  AuditHead newest() {
    AuditHead inLog = log.orElse(AuditHead.NONE);
    AuditHead inMarker = marker.orElse(AuditHead.NONE);
    return inLog.seq() >= inMarker.seq() ? inLog : inMarker;
  }
}
