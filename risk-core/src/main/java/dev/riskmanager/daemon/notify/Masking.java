package dev.riskmanager.daemon.notify;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Takes secrets out of texts that others wrote: answers of servers, messages of exceptions. */
final class Masking {
  private static final int SHORTEST = 4;
  private static final int LONGEST_TEXT = 300;

  private final List<String> secrets;

  Masking(List<String> secrets) {
    this.secrets =
        secrets.stream()
            .filter(secret -> secret.length() >= SHORTEST)
            .distinct()
            // A part of a longer one would leave the rest of it readable.
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** Everything of an address but the machine may be a token. */
  static Masking ofAddress(String address) {
    List<String> parts = new ArrayList<>(List.of(address));
    URI uri = URI.create(address);
    for (String part : new String[] {uri.getRawPath(), uri.getRawQuery()}) {
      if (part != null) {
        parts.add(part);
        parts.addAll(List.of(part.split("[/&=]")));
      }
    }
    return new Masking(parts);
  }

  /** One line without the secrets, of bounded length. */
  String of(String text) {
    String masked = text;
    for (String secret : secrets) {
      masked = masked.replace(secret, "****");
    }
    masked = masked.replaceAll("\\p{Cntrl}+", " ").strip();
    return masked.length() <= LONGEST_TEXT ? masked : masked.substring(0, LONGEST_TEXT) + " …";
  }
}
