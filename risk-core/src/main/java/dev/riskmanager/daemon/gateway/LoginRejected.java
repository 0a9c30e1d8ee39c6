package dev.riskmanager.daemon.gateway;

/**
 * The venue does not let us in, and will not until somebody changes something.
 *
 * @param code the login's error code; 0 when it was an HTTP status
 * @param name of the code, e.g. {@code InvalidCredentials}, or {@code HTTP 401}
 * @param message the venue's own words, may be empty
 */
public record LoginRejected(int code, String name, String message) {

  /** One line for a person: what is wrong and what to do. */
  public String advice() {
    String what =
        switch (code) {
          case 1, 2, 3 ->
              "user name or API key is wrong: check topstepx.username and topstepx.api_key in"
                  + " accounts.yaml";
          case 7 ->
              "the platform's agreements are not signed: log in to the platform once and complete"
                  + " them";
          case 9 -> "there is no API subscription: order API access on the platform";
          case 10 -> "the firm has switched off logging in with API keys: ask its support";
          default ->
              "check user name and API key in accounts.yaml and the state of the subscription";
        };
    String words = message.isBlank() ? "" : " - " + message.strip();
    return "the venue rejected the login (" + name + "): " + what + words;
  }
}
