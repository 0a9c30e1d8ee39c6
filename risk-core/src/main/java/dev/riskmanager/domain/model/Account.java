package dev.riskmanager.domain.model;

/**
 * An account row of the venue.
 *
 * @param balance moves with closing fills; compared with our own sums
 * @param canTrade false when the venue has stopped the account
 * @param simulated routing, not practice: it stays true for funded accounts
 */
public record Account(
    AccountId id,
    String name,
    Money balance,
    boolean canTrade,
    boolean visible,
    boolean simulated) {}
