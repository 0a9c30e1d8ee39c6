package dev.riskmanager.payload;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as the venue speaks it, read without ever making a binary floating-point number: {@code
 * 29547.25} and {@code 5E-07} stay the decimals they are.
 *
 * <p>Thread-safe.
 */
public final class WireJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private WireJson() {}

  /** The mapper: trees with exact decimals, decimals written plainly. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /**
   * Reads one JSON value.
   *
   * @throws JacksonException when it is not exactly one
   */
  public static JsonNode read(String text) throws JacksonException {
    return MAPPER.readTree(text);
  }
}
