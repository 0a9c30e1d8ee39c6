package dev.riskmanager.daemon.enforce;

import dev.riskmanager.daemon.port.Venue;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Price;
import java.time.Instant;
import java.util.Optional;

/** One request of the executor to the venue, as data. */
public sealed interface VenueRequest {
  AccountId account();

  /** The venue's name of the operation, e.g. {@code closeContract}. */
  String operation();

  /** What it is about, for the log and the receipt. */
  String detail();

  /** Makes the call; blocks until there is an answer or its time is over. */
  VenueReply<?> sendTo(Venue venue);

  record ReadPositions(AccountId account) implements VenueRequest {
    @Override
    public String operation() {
      return "readPositions";
    }

    @Override
    public String detail() {
      return "";
    }

    @Override
    public VenueReply<?> sendTo(Venue venue) {
      return venue.openPositions(account);
    }
  }

  record ReadOrders(AccountId account) implements VenueRequest {
    @Override
    public String operation() {
      return "readOrders";
    }

    @Override
    public String detail() {
      return "";
    }

    @Override
    public VenueReply<?> sendTo(Venue venue) {
      return venue.workingOrders(account);
    }
  }

  /** Which order opened a position nobody asked for. */
  record ReadTrades(AccountId account, Instant since) implements VenueRequest {
    @Override
    public String operation() {
      return "readTrades";
    }

    @Override
    public String detail() {
      return "since " + since;
    }

    @Override
    public VenueReply<?> sendTo(Venue venue) {
      return venue.trades(account, since);
    }
  }

  record Close(AccountId account, ContractId contract) implements VenueRequest {
    @Override
    public String operation() {
      return "closeContract";
    }

    @Override
    public String detail() {
      return contract.value();
    }

    @Override
    public VenueReply<?> sendTo(Venue venue) {
      return venue.closePosition(account, contract);
    }
  }

  /**
   * Part of a position.
   *
   * @param size contracts to close, from a re-read
   * @param held contracts held at that re-read
   */
  record PartialClose(AccountId account, ContractId contract, long size, long held)
      implements VenueRequest {
    @Override
    public String operation() {
      return "partialCloseContract";
    }

    @Override
    public String detail() {
      return contract + " " + size + " of " + held;
    }

    @Override
    public VenueReply<?> sendTo(Venue venue) {
      return venue.partialClose(account, contract, size);
    }
  }

  record Cancel(AccountId account, long orderId) implements VenueRequest {
    @Override
    public String operation() {
      return "cancelOrder";
    }

    @Override
    public String detail() {
      return "order " + orderId;
    }

    @Override
    public VenueReply<?> sendTo(Venue venue) {
      return venue.cancelOrder(account, orderId);
    }
  }

  /** Shrinks an order to {@code size} contracts, filled ones included. */
  record Resize(AccountId account, long orderId, long size) implements VenueRequest {
    @Override
    public String operation() {
      return "modifyOrder";
    }

    @Override
    public String detail() {
      return "order " + orderId + " size " + size;
    }

    @Override
    public VenueReply<?> sendTo(Venue venue) {
      return venue.modifyOrder(
          account, orderId, Optional.of(size), Optional.empty(), Optional.empty());
    }
  }

  record MoveStop(AccountId account, long orderId, Price stop) implements VenueRequest {
    @Override
    public String operation() {
      return "modifyOrder";
    }

    @Override
    public String detail() {
      return "order " + orderId + " stop " + stop;
    }

    @Override
    public VenueReply<?> sendTo(Venue venue) {
      return venue.modifyOrder(
          account, orderId, Optional.empty(), Optional.empty(), Optional.of(stop));
    }
  }

  /** A stop or a limit order that protects a position. */
  record Place(
      AccountId account,
      ContractId contract,
      OrderType type,
      OrderSide side,
      long size,
      Price price,
      String customTag)
      implements VenueRequest {
    @Override
    public String operation() {
      return "placeOrder";
    }

    @Override
    public String detail() {
      return contract + " " + side + " " + size + " " + type + " " + price + " tag " + customTag;
    }

    @Override
    public VenueReply<?> sendTo(Venue venue) {
      boolean stop = type.isStop();
      return venue.placeOrder(
          account,
          contract,
          type,
          side,
          size,
          stop ? Optional.empty() : Optional.of(price),
          stop ? Optional.of(price) : Optional.empty(),
          customTag);
    }
  }
}
