package dev.riskmanager.domain.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Decimal text and arithmetic over a long that counts billionths, shared by {@link Money} and
 * {@link Price}.
 *
 * <p>Nine places hold every tick the venue lists (the finest is 6J's 0.0000005) and the sums of a
 * trading day; the largest amount is about 9.2 thousand million. Sums beyond that saturate instead
 * of wrapping: a limit that was passed stays passed.
 */
final class Decimals {
  static final int PLACES = 9;
  static final long ONE = 1_000_000_000L;

  /** The largest amount taken from outside, in billionths: sums of many such stay inside a long. */
  static final long MAX_INPUT = 1_000_000_000L * ONE;

  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private Decimals() {}

  static long parse(BigDecimal value) {
    // A hostile exponent (1e999999999) must not make setScale build a number of that many digits.
    if (value.signum() != 0 && value.precision() - (long) value.scale() > 10) {
      throw new ArithmeticException("out of range: a number of more than ten digits");
    }
    if (value.signum() == 0 || value.precision() - (long) value.scale() < -PLACES) {
      return 0;
    }
    long units = value.setScale(PLACES, RoundingMode.HALF_EVEN).unscaledValue().longValueExact();
    if (units > MAX_INPUT || units < -MAX_INPUT) {
      throw new ArithmeticException("out of range: " + value.toPlainString());
    }
    return units;
  }

  static BigDecimal toBigDecimal(long units) {
    return BigDecimal.valueOf(units, PLACES);
  }

  /** Plain decimal text with at least two places and no further trailing zeros: {@code -170.50}. */
  static String text(long units) {
    BigDecimal exact = BigDecimal.valueOf(units, PLACES).stripTrailingZeros();
    return (exact.scale() < 2 ? exact.setScale(2) : exact).toPlainString();
  }

  static long add(long a, long b) {
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return sum;
  }

  /** {@code a × b ÷ c}, exact in between, rounded half to even, saturating. {@code c > 0}. */
  static long multiplyDivide(long a, long b, long c) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    if ((high == 0 && low >= 0) || (high == -1 && low < 0)) {
      return divideHalfEven(low, c);
    }
    BigInteger exact = BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    BigInteger rounded =
        new BigDecimal(exact)
            .divide(BigDecimal.valueOf(c), 0, RoundingMode.HALF_EVEN)
            .toBigInteger();
    return rounded.abs().compareTo(MAX) > 0
        ? (rounded.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE)
        : rounded.longValue();
  }

  private static long divideHalfEven(long n, long d) {
    long quotient = n / d;
    long remainder = Math.abs(n - quotient * d);
    // remainder < d ≤ Long.MAX/2 is not promised, so compare by subtraction instead of doubling.
    long rest = d - remainder;
    if (remainder > rest || (remainder == rest && (quotient & 1) != 0)) {
      return quotient + (n < 0 ? -1 : 1);
    }
    return quotient;
  }
}
