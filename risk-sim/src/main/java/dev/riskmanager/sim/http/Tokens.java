package dev.riskmanager.sim.http;

import dev.riskmanager.sim.knob.Knobs;
import dev.riskmanager.sim.knob.RestKnobs;
import dev.riskmanager.sim.knob.RestKnobs.LogoutScope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The tokens handed out: three dot-separated parts, opaque, good for a day. Thread-safe. */
public final class Tokens {
  private final Knobs knobs;
  private final InstantSource clock;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  private record Session(String user, Instant expires) {}

  public Tokens(Knobs knobs, InstantSource clock) {
    this.knobs = knobs;
    this.clock = clock;
  }

  /** A new token; those the user already has stay valid. */
  String issue(String user) {
    Instant expires = clock.instant().plusSeconds(knobs.get(RestKnobs.TOKEN_LIFE));
    String token =
        part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")
            + "."
            + part("{\"sub\":\"" + user + "\",\"exp\":" + expires.getEpochSecond() + "}")
            + "."
            + part(UUID.randomUUID().toString());
    sessions.put(token, new Session(user, expires));
    return token;
  }

  private static String part(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The user of a token that is known and has not expired. */
  public Optional<String> user(@Nullable String token) {
    Session session = token == null ? null : sessions.get(token);
    return session == null || !clock.instant().isBefore(session.expires)
        ? Optional.empty()
        : Optional.of(session.user);
  }

  void logout(String token) {
    Session session = sessions.get(token);
    LogoutScope scope = knobs.get(RestKnobs.LOGOUT_SCOPE);
    if (session != null && scope == LogoutScope.USER) {
      sessions.values().removeIf(s -> s.user.equals(session.user));
    } else if (scope == LogoutScope.TOKEN) {
      sessions.remove(token);
    }
  }

  /** Ends every token, as a restart of the venue would. */
  public void revokeAll() {
    sessions.clear();
  }
}
