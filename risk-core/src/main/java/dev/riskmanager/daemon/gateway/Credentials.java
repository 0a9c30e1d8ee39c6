package dev.riskmanager.daemon.gateway;

/**
 * What the engine logs in with. Its text shows neither of the two.
 *
 * @param userName the platform user name
 * @param apiKey created on the platform under Settings → API
 */
public record Credentials(String userName, String apiKey) {
  public Credentials {
    if (userName.isBlank() || apiKey.isBlank()) {
      throw new IllegalArgumentException(
          "user name and API key are needed: set topstepx.username and topstepx.api_key in"
              + " accounts.yaml");
    }
  }

  /** All but the last four characters hidden; short secrets wholly. */
  static String mask(String secret) {
    return secret.length() < 12 ? "****" : "****" + secret.substring(secret.length() - 4);
  }

  @Override
  public String toString() {
    return "Credentials[userName=" + mask(userName) + ", apiKey=" + mask(apiKey) + "]";
  }
}
