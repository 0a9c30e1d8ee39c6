package dev.riskmanager.domain.model;

/** The side of a position. */
public enum Side {
  LONG(1),
  SHORT(-1);

  private final int sign;

  Side(int sign) {
    this.sign = sign;
  }

  /** +1 long, −1 short. */
  public int sign() {
    return sign;
  }

  /** The side of a signed size other than zero. */
  public static Side ofSigned(long signedSize) {
    return signedSize < 0 ? SHORT : LONG;
  }
}
