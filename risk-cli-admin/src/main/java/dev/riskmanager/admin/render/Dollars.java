package dev.riskmanager.admin.render;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts for a person. */
public final class Dollars {
  private static final int CENTS = 2;

  private Dollars() {}

  /** {@code -$250.00}; more than two decimals only where there are some. */
  public static String text(BigDecimal amount) {
    BigDecimal bare = amount.abs().stripTrailingZeros();
    BigDecimal shown = bare.setScale(Math.max(CENTS, bare.scale()), RoundingMode.UNNECESSARY);
    return (amount.signum() < 0 ? "-$" : "$") + shown.toPlainString();
  }
}
