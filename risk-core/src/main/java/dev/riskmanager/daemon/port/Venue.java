package dev.riskmanager.daemon.port;

import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Trade;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The venue's REST operations. Each call blocks its (virtual) thread until there is an answer or
 * its time is over, and returns a value for every outcome: a refusal, a time-out and a broken
 * connection are answers too. Safe for use by many threads.
 *
 * <p>Whoever calls decides what a failure means; nothing here retries, except that an expired token
 * is renewed once where {@code rules.md} §5 allows it.
 */
public interface Venue {
  VenueReply<List<Account>> accounts();

  VenueReply<List<Position>> openPositions(AccountId account);

  /**
   * Orders that may still fill: statuses 1, 6, 7 and 8. Suspended children are invisible in {@code
   * Order/searchOpen}, so this asks {@code Order/v2/query} and falls back to the former.
   */
  VenueReply<List<Order>> workingOrders(AccountId account);

  /** Trades executed at or after {@code since}, oldest first. */
  VenueReply<List<Trade>> trades(AccountId account, Instant since);

  VenueReply<List<Contract>> contracts();

  VenueReply<Contract> contract(ContractId contract);

  /** Closes the whole position with one market order; resting orders stay. */
  VenueReply<Void> closePosition(AccountId account, ContractId contract);

  /** Closes {@code size} contracts with a market order. */
  VenueReply<Void> partialClose(AccountId account, ContractId contract, long size);

  VenueReply<Void> cancelOrder(AccountId account, long orderId);

  /** Changes what is present and leaves the rest. */
  VenueReply<Void> modifyOrder(
      AccountId account,
      long orderId,
      Optional<Long> size,
      Optional<Price> limit,
      Optional<Price> stop);

  /**
   * Places a protective order.
   *
   * @param customTag unique in the account for ever: a resend with the same tag is refused, not
   *     doubled
   * @return the order's id
   */
  VenueReply<Long> placeOrder(
      AccountId account,
      ContractId contract,
      OrderType type,
      OrderSide side,
      long size,
      Optional<Price> limit,
      Optional<Price> stop,
      String customTag);
}
