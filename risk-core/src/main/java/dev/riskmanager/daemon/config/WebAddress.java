package dev.riskmanager.daemon.config;

import dev.riskmanager.domain.settings.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses that credentials are sent to. */
final class WebAddress {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

  private static final String ALLOWED =
      "an address such as https://api.topstepx.com (http:// only for this machine)";

  private WebAddress() {}

  static URI read(Settings section, String key, URI fallback) {
    return section.read(key, fallback, WebAddress::parse, ALLOWED);
  }

  /** An address whose path or query may carry a token, and so is never shown. */
  static Optional<Secret> readSecret(Settings section, String key) {
    return section.hidden(
        key,
        text -> parse(text, true).map(uri -> new Secret(uri.toString())),
        "an address that begins with https:// (http:// only for this machine)");
  }

  /** Whether a name or address is this machine's own. */
  static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  /** An absolute address without user, query or fragment; slashes at its end are dropped. */
  static Optional<URI> parse(String text) {
    return parse(text, false);
  }

  private static Optional<URI> parse(String text, boolean queryAllowed) {
    URI uri;
    try {
      uri = new URI(text.replaceAll("/+$", ""));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
    if (uri.getScheme() == null || uri.getHost() == null) {
      return Optional.empty();
    }
    if (uri.getRawUserInfo() != null
        || uri.getRawFragment() != null
        || (uri.getRawQuery() != null && !queryAllowed)
        || uri.getPort() > 65_535
        || uri.getPort() == 0) {
      return Optional.empty();
    }
    boolean loopback = isLoopback(uri.getHost());
    return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
      case "https" -> Optional.of(uri);
      // The key would cross the network readable.
      case "http" -> loopback ? Optional.of(uri) : Optional.empty();
      default -> Optional.empty();
    };
  }
}
