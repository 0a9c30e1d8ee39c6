package dev.riskmanager.daemon.gateway;

import java.time.Duration;

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

    private final transient Duration notBefore;

    public Unavailable(String why) {
      this(why, Duration.ZERO);
    }

    /**
     * @param notBefore how long the venue is to be left alone; zero when nobody knows
     */
    public Unavailable(String why, Duration notBefore) {
      super(why);
      this.notBefore = notBefore;
    }

    public Duration notBefore() {
      return notBefore;
    }
  }
}
