package dev.riskmanager.daemon.enforce;

import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Side;
import org.jspecify.annotations.Nullable;

/** One contract's tries, and the position they were made at. */
final class CloseAttempt {
  final Try tried = new Try();
  long positionId;
  long size;
  @Nullable Side side;
  boolean badSizeForgiven;

  void isAbout(Position position) {
    positionId = position.id();
    size = position.size();
    side = position.side();
  }
}
