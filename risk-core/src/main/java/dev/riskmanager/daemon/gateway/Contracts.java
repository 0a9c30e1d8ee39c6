package dev.riskmanager.daemon.gateway;

import dev.riskmanager.daemon.contracts.ShippedContracts;
import dev.riskmanager.daemon.port.EventSink;
import dev.riskmanager.daemon.port.Venue;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.event.RiskEvent.ContractsListed;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the core knows the economics of every contract before the first event that needs
 * them: the venue's list at the start; for a contract that is not on it the shipped table's row at
 * once and the venue's own as soon as it answers.
 *
 * <p>Thread-safe.
 */
final class Contracts {
  private static final Logger LOG = LoggerFactory.getLogger(Contracts.class);

  private final Venue venue;
  private final EventSink sink;
  private final ShippedContracts shipped;
  private final Executor worker;
  private final InstantSource clock;
  private final StatusBoard board;
  private final Set<ContractId> known = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean listed = new AtomicBoolean();

  Contracts(
      Venue venue,
      EventSink sink,
      ShippedContracts shipped,
      Executor worker,
      InstantSource clock,
      StatusBoard board) {
    this.venue = venue;
    this.sink = sink;
    this.shipped = shipped;
    this.worker = worker;
    this.clock = clock;
    this.board = board;
  }

  /** Reads the venue's list, until it has been read once. Blocks. */
  void listOnce() {
    if (listed.get()) {
      return;
    }
    VenueReply<List<Contract>> reply = venue.contracts();
    if (reply instanceof VenueReply.Done<List<Contract>> done) {
      listed.set(true);
      done.value().forEach(contract -> known.add(contract.id()));
      tell(done.value());
    } else {
      LOG.warn("The venue's contracts could not be read: {}", Replies.describe(reply));
    }
  }

  /** A contract has turned up; never blocks. */
  void seen(ContractId contract) {
    if (!known.add(contract)) {
      return;
    }
    shipped.contract(contract).ifPresent(row -> tell(List.of(row)));
    try {
      worker.execute(() -> look(contract));
    } catch (RejectedExecutionException e) {
      LOG.debug("Shutting down");
    }
  }

  private void look(ContractId contract) {
    VenueReply<Contract> reply = venue.contract(contract);
    switch (reply) {
      case VenueReply.Done<Contract> done -> {
        tell(List.of(done.value()));
        board.solved("contract " + contract);
      }
      case VenueReply.Refused<Contract> _ -> {
        if (shipped.contract(contract).isEmpty()) {
          board.problem(
              "contract " + contract,
              "tick size and tick value of " + contract + " are unknown: it cannot be valued");
        }
      }
      // Asked again when it turns up again.
      default -> known.remove(contract);
    }
  }

  /** Past the gate: nothing depends on its order but what comes after. */
  private void tell(List<Contract> rows) {
    sink.accept(clock.instant(), new ContractsListed(rows));
  }
}
