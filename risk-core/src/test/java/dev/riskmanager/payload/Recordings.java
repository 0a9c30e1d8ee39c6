package dev.riskmanager.payload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** Payloads recorded from the real venue. */
public final class Recordings {
  private Recordings() {}

  public static JsonNode read(String file) {
    String path = "/gateway-recordings/" + file;
    try (InputStream in = Objects.requireNonNull(Recordings.class.getResourceAsStream(path))) {
      return WireJson.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The recorded payload of a hub event, as it came over the wire. */
  public static JsonNode hubEvent(String name) {
    for (JsonNode entry : read("hub_events.json").values()) {
      if (entry.path("event").asString("").equals(name)) {
        return entry.path("payload");
      }
    }
    throw new IllegalArgumentException(name);
  }
}
