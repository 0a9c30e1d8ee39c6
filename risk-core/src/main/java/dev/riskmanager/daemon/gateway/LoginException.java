package dev.riskmanager.daemon.gateway;

/** There is no token to be had. */
public abstract sealed class LoginException extends Exception {
  private static final long serialVersionUID = 1;

  private LoginException(String message) {
    super(message);
  }

  /** The venue says no: only a person can help. */
  public static final class Rejected extends LoginException {
    private static final long serialVersionUID = 1;

    private final transient LoginRejected rejected;

    public Rejected(LoginRejected rejected) {
      super(rejected.advice());
      this.rejected = rejected;
    }

    public LoginRejected rejected() {
      return rejected;
    }
  }

  /** The venue did not answer, or not sensibly: it may be better later. */
  public static final class Unavailable extends LoginException {
    private static final long serialVersionUID = 1;

    public Unavailable(String why) {
      super(why);
    }
  }
}
