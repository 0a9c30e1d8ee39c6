package dev.riskmanager.daemon.gateway;

import static dev.riskmanager.daemon.gateway.ErrorCode.Meaning.AMBIGUOUS;
import static dev.riskmanager.daemon.gateway.ErrorCode.Meaning.DONE;
import static dev.riskmanager.daemon.gateway.ErrorCode.Meaning.GONE;
import static dev.riskmanager.daemon.gateway.ErrorCode.Meaning.PERMANENT;
import static dev.riskmanager.daemon.gateway.ErrorCode.Meaning.REFUSED;

/**
 * The error codes of the operations, one enum each. Source: gateway-api §1.6, from the venue's
 * swagger.
 *
 * <p>"Account not found" is permanent: the account is not (or no longer) ours, and sending the same
 * again cannot change that.
 */
final class ErrorCodes {
  private ErrorCodes() {}

  /** The code of that number among an operation's own. */
  static ErrorCode of(ErrorCode[] codes, int number) {
    for (ErrorCode code : codes) {
      if (code.number() == number) {
        return code;
      }
    }
    return new ErrorCode.Unknown(number);
  }

  enum Login implements ErrorCode {
    SUCCESS(0, DONE),
    USER_NOT_FOUND(1, REFUSED),
    PASSWORD_VERIFICATION_FAILED(2, REFUSED),
    INVALID_CREDENTIALS(3, REFUSED),
    APP_NOT_FOUND(4, REFUSED),
    APP_VERIFICATION_FAILED(5, REFUSED),
    INVALID_DEVICE(6, REFUSED),
    AGREEMENTS_NOT_SIGNED(7, REFUSED),
    UNKNOWN_ERROR(8, AMBIGUOUS),
    API_SUBSCRIPTION_NOT_FOUND(9, REFUSED),
    API_KEY_AUTHENTICATION_DISABLED(10, REFUSED);

    private final int number;
    private final Meaning meaning;

    Login(int number, Meaning meaning) {
      this.number = number;
      this.meaning = meaning;
    }

    @Override
    public int number() {
      return number;
    }

    @Override
    public Meaning meaning() {
      return meaning;
    }
  }

  enum Validate implements ErrorCode {
    SUCCESS(0, DONE),
    INVALID_SESSION(1, REFUSED),
    SESSION_NOT_FOUND(2, REFUSED),
    EXPIRED_TOKEN(3, REFUSED),
    UNKNOWN_ERROR(4, AMBIGUOUS);

    private final int number;
    private final Meaning meaning;

    Validate(int number, Meaning meaning) {
      this.number = number;
      this.meaning = meaning;
    }

    @Override
    public int number() {
      return number;
    }

    @Override
    public Meaning meaning() {
      return meaning;
    }
  }

  /** {@code Account/search}, {@code Contract/search}, {@code Contract/available}: no failures. */
  enum ListAll implements ErrorCode {
    SUCCESS;

    @Override
    public int number() {
      return 0;
    }

    @Override
    public Meaning meaning() {
      return DONE;
    }
  }

  enum ContractById implements ErrorCode {
    SUCCESS(0, DONE),
    CONTRACT_NOT_FOUND(1, GONE);

    private final int number;
    private final Meaning meaning;

    ContractById(int number, Meaning meaning) {
      this.number = number;
      this.meaning = meaning;
    }

    @Override
    public int number() {
      return number;
    }

    @Override
    public Meaning meaning() {
      return meaning;
    }
  }

  enum Place implements ErrorCode {
    SUCCESS(0, DONE),
    ACCOUNT_NOT_FOUND(1, PERMANENT),
    ORDER_REJECTED(2, REFUSED),
    INSUFFICIENT_FUNDS(3, REFUSED),
    ACCOUNT_VIOLATION(4, REFUSED),
    OUTSIDE_TRADING_HOURS(5, REFUSED),
    ORDER_PENDING(6, AMBIGUOUS),
    UNKNOWN_ERROR(7, AMBIGUOUS),
    CONTRACT_NOT_FOUND(8, REFUSED),
    CONTRACT_NOT_ACTIVE(9, REFUSED),
    ACCOUNT_REJECTED(10, PERMANENT);

    private final int number;
    private final Meaning meaning;

    Place(int number, Meaning meaning) {
      this.number = number;
      this.meaning = meaning;
    }

    @Override
    public int number() {
      return number;
    }

    @Override
    public Meaning meaning() {
      return meaning;
    }
  }

  enum Modify implements ErrorCode {
    SUCCESS(0, DONE),
    ACCOUNT_NOT_FOUND(1, PERMANENT),
    ORDER_NOT_FOUND(2, GONE),
    REJECTED(3, REFUSED),
    PENDING(4, AMBIGUOUS),
    UNKNOWN_ERROR(5, AMBIGUOUS),
    ACCOUNT_REJECTED(6, PERMANENT),
    CONTRACT_NOT_FOUND(7, REFUSED);

    private final int number;
    private final Meaning meaning;

    Modify(int number, Meaning meaning) {
      this.number = number;
      this.meaning = meaning;
    }

    @Override
    public int number() {
      return number;
    }

    @Override
    public Meaning meaning() {
      return meaning;
    }
  }

  /**
   * An order that was filled or cancelled before answers 2, or 5 as one client saw it. Both lead to
   * a re-read, which is all the difference "gone" would make.
   */
  enum Cancel implements ErrorCode {
    SUCCESS(0, DONE),
    ACCOUNT_NOT_FOUND(1, PERMANENT),
    ORDER_NOT_FOUND(2, GONE),
    REJECTED(3, REFUSED),
    PENDING(4, AMBIGUOUS),
    UNKNOWN_ERROR(5, AMBIGUOUS),
    ACCOUNT_REJECTED(6, PERMANENT);

    private final int number;
    private final Meaning meaning;

    Cancel(int number, Meaning meaning) {
      this.number = number;
      this.meaning = meaning;
    }

    @Override
    public int number() {
      return number;
    }

    @Override
    public Meaning meaning() {
      return meaning;
    }
  }

  /** Reads of one account: orders, positions, trades. */
  enum OfAccount implements ErrorCode {
    SUCCESS(0, DONE),
    ACCOUNT_NOT_FOUND(1, PERMANENT);

    private final int number;
    private final Meaning meaning;

    OfAccount(int number, Meaning meaning) {
      this.number = number;
      this.meaning = meaning;
    }

    @Override
    public int number() {
      return number;
    }

    @Override
    public Meaning meaning() {
      return meaning;
    }
  }

  enum Close implements ErrorCode {
    SUCCESS(0, DONE),
    ACCOUNT_NOT_FOUND(1, PERMANENT),
    POSITION_NOT_FOUND(2, GONE),
    CONTRACT_NOT_FOUND(3, REFUSED),
    CONTRACT_NOT_ACTIVE(4, REFUSED),
    ORDER_REJECTED(5, REFUSED),
    ORDER_PENDING(6, AMBIGUOUS),
    UNKNOWN_ERROR(7, AMBIGUOUS),
    ACCOUNT_REJECTED(8, PERMANENT);

    private final int number;
    private final Meaning meaning;

    Close(int number, Meaning meaning) {
      this.number = number;
      this.meaning = meaning;
    }

    @Override
    public int number() {
      return number;
    }

    @Override
    public Meaning meaning() {
      return meaning;
    }
  }

  enum PartialClose implements ErrorCode {
    SUCCESS(0, DONE),
    ACCOUNT_NOT_FOUND(1, PERMANENT),
    POSITION_NOT_FOUND(2, GONE),
    CONTRACT_NOT_FOUND(3, REFUSED),
    CONTRACT_NOT_ACTIVE(4, REFUSED),
    INVALID_CLOSE_SIZE(5, REFUSED),
    ORDER_REJECTED(6, REFUSED),
    ORDER_PENDING(7, AMBIGUOUS),
    UNKNOWN_ERROR(8, AMBIGUOUS),
    ACCOUNT_REJECTED(9, PERMANENT);

    private final int number;
    private final Meaning meaning;

    PartialClose(int number, Meaning meaning) {
      this.number = number;
      this.meaning = meaning;
    }

    @Override
    public int number() {
      return number;
    }

    @Override
    public Meaning meaning() {
      return meaning;
    }
  }
}
