package dev.riskmanager.domain.model;

import java.math.BigDecimal;

/**
 * A price as the venue quotes it, in points of its contract; also a distance between prices.
 *
 * <p>Exact to nine decimal places; arithmetic saturates instead of wrapping.
 *
 * @param units billionths of a point
 */
public record Price(long units) implements Comparable<Price> {
  public static final Price ZERO = new Price(0);

  /**
   * The value of a decimal, rounded half to even at the ninth place.
   *
   * @throws ArithmeticException when its magnitude is above 1,000,000,000
   */
  public static Price of(BigDecimal value) {
    return new Price(Decimals.parse(value));
  }

  /**
   * The value of a decimal text such as {@code -170.50}.
   *
   * @throws ArithmeticException when out of range
   * @throws NumberFormatException when it is not a number
   */
  public static Price of(String value) {
    return of(new BigDecimal(value));
  }

  public Price plus(Price other) {
    return new Price(Decimals.add(units, other.units));
  }

  public Price minus(Price other) {
    return plus(other.negate());
  }

  public Price negate() {
    return new Price(units == Long.MIN_VALUE ? Long.MAX_VALUE : -units);
  }

  public int signum() {
    return Long.signum(units);
  }

  public boolean isAtMost(Price other) {
    return units <= other.units;
  }

  public boolean isAtLeast(Price other) {
    return units >= other.units;
  }

  /** The middle of two prices, rounded half to even. */
  public static Price middle(Price a, Price b) {
    return new Price(Decimals.multiplyDivide(Decimals.add(a.units, b.units), 1, 2));
  }

  /** This price, or the nearer end of [low, high] when it is outside. {@code low ≤ high}. */
  public Price clamp(Price low, Price high) {
    return units < low.units ? low : units > high.units ? high : this;
  }

  /** The largest multiple of the tick that is not above this price. {@code tick > 0}. */
  public Price floorTo(Price tick) {
    return new Price(Math.floorDiv(units, tick.units) * tick.units);
  }

  /** The smallest multiple of the tick that is not below this price. {@code tick > 0}. */
  public Price ceilingTo(Price tick) {
    return new Price(-Math.floorDiv(-units, tick.units) * tick.units);
  }

  /** This distance taken {@code count} times. */
  public Price times(long count) {
    return new Price(Decimals.multiplyDivide(units, count, 1));
  }

  public BigDecimal toBigDecimal() {
    return Decimals.toBigDecimal(units);
  }

  @Override
  public int compareTo(Price other) {
    return Long.compare(units, other.units);
  }

  /** Plain decimal text with at least two places: {@code -170.50}. */
  @Override
  public String toString() {
    return Decimals.text(units);
  }
}
