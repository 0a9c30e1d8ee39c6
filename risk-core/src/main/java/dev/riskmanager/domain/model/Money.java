package dev.riskmanager.domain.model;

import java.math.BigDecimal;

/**
 * An amount of the account's currency (US dollars at the venue), signed.
 *
 * <p>Exact to nine decimal places; arithmetic saturates instead of wrapping.
 *
 * @param units billionths of a dollar
 */
public record Money(long units) implements Comparable<Money> {
  private static final long CENT = 10_000_000;

  public static final Money ZERO = new Money(0);

  /**
   * The value of a decimal, rounded half to even at the ninth place.
   *
   * @throws ArithmeticException when its magnitude is above 1,000,000,000
   */
  public static Money of(BigDecimal value) {
    return new Money(Decimals.parse(value));
  }

  /**
   * The value of a decimal text such as {@code -170.50}.
   *
   * @throws ArithmeticException when out of range
   * @throws NumberFormatException when it is not a number
   */
  public static Money of(String value) {
    return of(new BigDecimal(value));
  }

  public Money plus(Money other) {
    return new Money(Decimals.add(units, other.units));
  }

  public Money minus(Money other) {
    return plus(other.negate());
  }

  public Money negate() {
    return new Money(units == Long.MIN_VALUE ? Long.MAX_VALUE : -units);
  }

  public int signum() {
    return Long.signum(units);
  }

  public boolean isAtMost(Money other) {
    return units <= other.units;
  }

  public boolean isAtLeast(Money other) {
    return units >= other.units;
  }

  /**
   * How many thousandths of {@code limit} this is: 1000 at the limit; 0 when {@code limit} is 0.
   */
  public long thousandthsOf(Money limit) {
    return limit.units == 0
        ? 0
        : limit.units > 0
            ? Decimals.multiplyDivide(units, 1000, limit.units)
            : Decimals.multiplyDivide(-units, 1000, -limit.units);
  }

  public BigDecimal toBigDecimal() {
    return Decimals.toBigDecimal(units);
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(units, other.units);
  }

  /** Rounded half to even to whole cents: for what people read, never for what is decided. */
  public Money toCents() {
    return new Money(Decimals.multiplyDivide(Decimals.multiplyDivide(units, 1, CENT), CENT, 1));
  }

  /** Plain decimal text with at least two places: {@code -170.50}. */
  @Override
  public String toString() {
    return Decimals.text(units);
  }
}
