package dev.riskmanager.trader.diary;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What an account had made of its trading day at one moment.
 *
 * @param accountId the account
 * @param tradingDay the day
 * @param trades its trades so far
 * @param realized realized P&amp;L so far, null when not known
 */
public record WorkDay(
    long accountId, LocalDate tradingDay, int trades, @Nullable BigDecimal realized) {}
