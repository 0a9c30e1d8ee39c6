package dev.riskmanager.wire;

import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** How the records of this package are written and read. Thread-safe. */
public final class WireJson {
  /**
   * Without buffer recycling: a recycled buffer would keep a password that passed through it for as
   * long as the process lives.
   */
  static final JsonFactory FACTORY =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.nonRecyclingPool()).build();

  /** Built when it is needed: a program that only reads does not. */
  private static final class Mapper {
    static final JsonMapper MAPPER =
        JsonMapper.builder(FACTORY)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Mapper() {}
  }

  private WireJson() {}

  /**
   * The mapper, for printing and for reading parameters.
   *
   * @return the one shared mapper; it is immutable
   */
  public static JsonMapper mapper() {
    return Mapper.MAPPER;
  }

  /**
   * Writes a record on one line.
   *
   * @param value a record of this package
   * @return its JSON, without a line feed
   */
  public static String write(Object value) {
    return Mapper.MAPPER.writeValueAsString(value);
  }

  /**
   * Reads a record.
   *
   * @param json JSON, as {@link #write} writes it
   * @param type the record
   * @return the record
   * @throws tools.jackson.core.JacksonException if it is not that
   */
  public static <T> T read(String json, Class<T> type) {
    return type.isRecord() ? RecordReader.read(json, type) : Mapper.MAPPER.readValue(json, type);
  }

  /** The error of a reader that expected something else. */
  static StreamReadException notA(String what, JsonParser parser) {
    return new StreamReadException(parser, "not " + what);
  }
}
