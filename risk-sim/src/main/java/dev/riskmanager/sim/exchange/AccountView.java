package dev.riskmanager.sim.exchange;

import java.math.BigDecimal;

/** An account at one moment; the balance in dollars. */
public record AccountView(long id, String name, BigDecimal balance, boolean canTrade) {}
