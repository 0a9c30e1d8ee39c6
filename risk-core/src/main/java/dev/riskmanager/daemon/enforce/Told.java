package dev.riskmanager.daemon.enforce;

import dev.riskmanager.daemon.port.Enforcement;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.model.AccountId;
import java.time.Instant;

/** Something a plan has to say, to a log or to the listener, in the order it happened. */
sealed interface Told {
  /** A line of {@code enforcement.log}. */
  record Operation(String line) implements Told {}

  /** A line of the main log. */
  record Line(boolean warning, String line) implements Told {}

  record RequestEnded(
      AccountId account, String operation, String detail, Instant sentAt, VenueReply<?> reply)
      implements Told {}

  record ProvenFlat(AccountId account, Instant began, Instant provenAt) implements Told {}

  record AlarmRaised(AccountId account, String what, boolean notProtected) implements Told {}

  record AlarmCleared(AccountId account) implements Told {}

  record Progress(Enforcement.Receipt soFar) implements Told {}

  record Finished(Enforcement.Receipt receipt) implements Told {}

  record Recorded(Enforcement.Receipt receipt) implements Told {}
}
