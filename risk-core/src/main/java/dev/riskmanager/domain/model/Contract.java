package dev.riskmanager.domain.model;

/**
 * What one needs to know of a contract to value it.
 *
 * @param symbol what a trader writes: the name without month and year ({@code ESU6} → {@code ES})
 * @param name the venue's short name, e.g. {@code MNQU6}
 * @param tickSize smallest step of the price, &gt; 0
 * @param tickValue dollars one tick moves one contract, &gt; 0 (not the value of a point)
 */
public record Contract(ContractId id, String symbol, String name, Price tickSize, Money tickValue) {
  public Contract {
    if (tickSize.signum() <= 0 || tickValue.signum() <= 0) {
      throw new IllegalArgumentException(
          id
              + ": tick size and tick value must be positive, not "
              + tickSize
              + " and "
              + tickValue);
    }
  }

  /**
   * Profit of a position at a mark, gross: (mark − average) ÷ tick size × tick value × signed size.
   *
   * @return rounded half to even at the ninth decimal place
   */
  public Money profit(Price average, Price mark, long signedSize) {
    long ticksTimesValue =
        Decimals.multiplyDivide(mark.minus(average).units(), tickValue.units(), tickSize.units());
    return new Money(Decimals.multiplyDivide(ticksTimesValue, signedSize, 1));
  }

  /** The ticker inside a short name: {@code MNQU6} → {@code MNQ}, {@code 6EU6} → {@code 6E}. */
  public static String symbolOf(String name) {
    int end = name.length();
    while (end > 0 && Character.isDigit(name.charAt(end - 1))) {
      end--;
    }
    // Month letter, then one or two digits of the year; anything else is taken as it stands.
    boolean dated =
        end < name.length() && end > 1 && "FGHJKMNQUVXZ".indexOf(name.charAt(end - 1)) >= 0;
    return dated ? name.substring(0, end - 1) : name;
  }
}
