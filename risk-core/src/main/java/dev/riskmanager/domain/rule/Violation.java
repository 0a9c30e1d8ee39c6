package dev.riskmanager.domain.rule;

import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.state.Episode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a rule found. It says what to do about it as data; somebody else does it.
 *
 * @param scope what it is about
 * @param facet which of several limits of the rule, each with its own episode; mostly empty
 * @param badness how far it is beyond the limit, in the rule's own whole unit: more is worse
 * @param observed the value found
 * @param limit the value allowed
 * @param reason for people, with the numbers
 * @param response what is to be done
 * @param targets with {@code REDUCE}: what may stay of each contract; otherwise empty
 * @param orders entry orders that are part of the breach
 * @param since the triggering trade's time, from which a cooldown runs; empty means now
 * @param orderId the order whose fill it was found through
 * @param lockSymbol its lockout locks only this symbol; empty locks the account
 */
public record Violation(
    Scope scope,
    String facet,
    long badness,
    String observed,
    String limit,
    String reason,
    Response response,
    List<Target> targets,
    List<Order> orders,
    Optional<Instant> since,
    Optional<Long> orderId,
    Optional<String> lockSymbol) {

  /** What a violation is about. */
  public sealed interface Scope {
    /** The account as a whole. */
    record Account() implements Scope {}

    /** One symbol. */
    record Symbol(String symbol) implements Scope {}

    /** One contract. */
    record Contract(ContractId contract, String symbol) implements Scope {}

    Scope ACCOUNT = new Account();

    /** The subject of its episode. */
    default String subject() {
      return switch (this) {
        case Account account -> "";
        case Symbol symbol -> symbol.symbol();
        case Contract contract -> contract.contract().value();
      };
    }

    default Optional<String> symbolName() {
      return switch (this) {
        case Account account -> Optional.empty();
        case Symbol symbol -> Optional.of(symbol.symbol());
        case Contract contract -> Optional.of(contract.symbol());
      };
    }
  }

  /**
   * What may stay of a position.
   *
   * @param size contracts held now
   * @param toSize contracts that may stay; 0 closes it
   */
  public record Target(ContractId contract, long size, long toSize) {}

  public static Violation of(
      Scope scope, long badness, String observed, String limit, String reason, Response response) {
    return new Violation(
        scope,
        "",
        badness,
        observed,
        limit,
        reason,
        response,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public Violation withTargets(List<Target> newTargets) {
    return new Violation(
        scope,
        facet,
        badness,
        observed,
        limit,
        reason,
        response,
        newTargets,
        orders,
        since,
        orderId,
        lockSymbol);
  }

  /** The same, with entry orders that are part of it. */
  public Violation withOrders(List<Order> entries) {
    return new Violation(
        scope,
        facet,
        badness,
        observed,
        limit,
        reason,
        response,
        targets,
        entries,
        since,
        orderId,
        lockSymbol);
  }

  /** The same, of one of several limits. */
  public Violation ofFacet(String name) {
    return new Violation(
        scope,
        name,
        badness,
        observed,
        limit,
        reason,
        response,
        targets,
        orders,
        since,
        orderId,
        lockSymbol);
  }

  /** The same, found through a trade: a cooldown runs from its time. */
  public Violation since(Instant tradeTime, long tradedOrder) {
    return new Violation(
        scope,
        facet,
        badness,
        observed,
        limit,
        reason,
        response,
        targets,
        orders,
        Optional.of(tradeTime),
        Optional.of(tradedOrder),
        lockSymbol);
  }

  /** The same with a lockout of one symbol instead of the account. */
  public Violation lockingSymbol(String symbol) {
    return new Violation(
        scope,
        facet,
        badness,
        observed,
        limit,
        reason,
        response,
        targets,
        orders,
        since,
        orderId,
        Optional.of(symbol));
  }

  public Episode.Key key(RiskRule rule) {
    return new Episode.Key(rule.id(), scope.subject() + facet);
  }
}
