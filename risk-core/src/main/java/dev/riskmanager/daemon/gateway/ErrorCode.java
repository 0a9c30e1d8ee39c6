package dev.riskmanager.daemon.gateway;

/**
 * An {@code errorCode} of one operation: the same number means different things in different
 * operations (gateway-api §1.6).
 */
sealed interface ErrorCode
    permits ErrorCodes.Login,
        ErrorCodes.Validate,
        ErrorCodes.ListAll,
        ErrorCodes.ContractById,
        ErrorCodes.Place,
        ErrorCodes.Modify,
        ErrorCodes.Cancel,
        ErrorCodes.OfAccount,
        ErrorCodes.Close,
        ErrorCodes.PartialClose,
        ErrorCode.Unknown {

  /** What a code says of the request it answers. */
  enum Meaning {
    DONE,
    /** What it was about does not exist (any more). */
    GONE,
    /** Nothing happened; it may be tried again. */
    REFUSED,
    /** Nothing happened and nothing will, for what the account is. */
    PERMANENT,
    /** It may or may not have happened: read again first. */
    AMBIGUOUS
  }

  /** The venue's number. */
  int number();

  Meaning meaning();

  /** The enum constant's name; see {@link #title()}. */
  String name();

  /** The name as the venue writes it: {@code POSITION_NOT_FOUND} → {@code PositionNotFound}. */
  default String title() {
    StringBuilder title = new StringBuilder();
    boolean upper = true;
    for (char c : name().toCharArray()) {
      if (c == '_') {
        upper = true;
      } else {
        title.append(upper ? c : Character.toLowerCase(c));
        upper = false;
      }
    }
    return title.toString();
  }

  /** A number that is in no list: whether it happened is not known either. */
  record Unknown(int number) implements ErrorCode {
    @Override
    public Meaning meaning() {
      return Meaning.AMBIGUOUS;
    }

    @Override
    public String name() {
      return "UNKNOWN(" + number + ")";
    }

    @Override
    public String title() {
      return name();
    }
  }
}
