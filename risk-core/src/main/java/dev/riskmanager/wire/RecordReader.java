package dev.riskmanager.wire;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Reads JSON into the records of this package. It does what Jackson's object mapper would do for
 * them, without building one: a program that shows one answer and ends would spend most of its time
 * on that.
 *
 * <p>Members the record does not have are skipped, missing and null ones are null, zero or false,
 * and a constant of an enum that this version does not have becomes {@code UNKNOWN}. Thread-safe.
 */
final class RecordReader<T> {
  /** One for each record that has been read; there are some thirty. */
  private static final Map<Class<?>, RecordReader<?>> READERS = new ConcurrentHashMap<>();

  private final Class<T> type;
  private final Constructor<T> constructor;
  private final Map<String, Integer> positions = new HashMap<>();
  private final Value[] values;
  private final @Nullable Object[] absent;

  /** Reads the value the parser stands at, which is not null. */
  private interface Value {
    Object read(JsonParser parser);
  }

  private RecordReader(Class<T> type) {
    this.type = type;
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    values = new Value[components.length];
    absent = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = value(components[i].getGenericType());
      absent[i] = zero(types[i]);
      positions.put(components[i].getName(), i);
    }
    try {
      constructor = type.getDeclaredConstructor(types);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(type + " has no canonical constructor", e);
    }
  }

  /**
   * Reads a record.
   *
   * @param json one JSON object
   * @param type the record
   * @return the record
   * @throws tools.jackson.core.JacksonException if it is not that
   */
  static <T> T read(String json, Class<T> type) {
    try (JsonParser parser = WireJson.FACTORY.createParser(ObjectReadContext.empty(), json)) {
      parser.nextToken();
      T read = of(type).object(parser);
      if (parser.nextToken() != null) {
        throw WireJson.notA("the end of " + type.getSimpleName(), parser);
      }
      return read;
    }
  }

  @SuppressWarnings("unchecked") // Each class is the key of its own reader only.
  private static <T> RecordReader<T> of(Class<T> type) {
    RecordReader<?> known = READERS.get(type);
    if (known == null) {
      known = new RecordReader<>(type);
      READERS.put(type, known);
    }
    return (RecordReader<T>) known;
  }

  private T object(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw WireJson.notA(type.getSimpleName(), parser);
    }
    @Nullable Object[] read = absent.clone();
    boolean[] seen = new boolean[read.length];
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      Integer position = positions.get(parser.currentName());
      JsonToken token = parser.nextToken();
      if (position == null) {
        parser.skipChildren();
        continue;
      }
      if (seen[position]) {
        throw WireJson.notA("unambiguous: " + parser.currentName() + " is there twice", parser);
      }
      seen[position] = true;
      if (token != JsonToken.VALUE_NULL) {
        read[position] = values[position].read(parser);
      }
    }
    if (parser.currentToken() != JsonToken.END_OBJECT) {
      throw WireJson.notA(type.getSimpleName(), parser);
    }
    return create(parser, read);
  }

  private T create(JsonParser parser, @Nullable Object[] read) {
    try {
      return constructor.newInstance(read);
    } catch (InvocationTargetException e) {
      throw WireJson.notA(type.getSimpleName() + ": " + e.getCause(), parser);
    } catch (InstantiationException | IllegalAccessException e) {
      throw new IllegalStateException("cannot make a " + type, e);
    }
  }

  private static @Nullable Object zero(Class<?> type) {
    if (type == int.class) {
      return 0;
    }
    if (type == long.class) {
      return 0L;
    }
    return type == boolean.class ? false : null;
  }

  private static Value value(Type generic) {
    if (generic instanceof ParameterizedType list && list.getRawType() == List.class) {
      return listOf(value(list.getActualTypeArguments()[0]));
    }
    if (!(generic instanceof Class<?> type)) {
      throw new IllegalStateException("no way to read " + generic);
    }
    if (type.isRecord()) {
      // The reader is looked up when it is needed: records may contain each other.
      return parser -> of(type).object(parser);
    }
    if (type.isEnum()) {
      return constant(type);
    }
    return scalar(type);
  }

  private static Value scalar(Class<?> type) {
    if (type == String.class) {
      return RecordReader::text;
    }
    if (type == int.class || type == Integer.class) {
      return RecordReader::wholeInt;
    }
    if (type == long.class || type == Long.class) {
      return RecordReader::wholeLong;
    }
    if (type == boolean.class || type == Boolean.class) {
      return RecordReader::bool;
    }
    if (type == BigDecimal.class) {
      return RecordReader::number;
    }
    if (type == Instant.class) {
      return parser -> time(parser, Instant::parse);
    }
    if (type == LocalDate.class) {
      return parser -> time(parser, LocalDate::parse);
    }
    throw new IllegalStateException("no way to read " + type);
  }

  private static String text(JsonParser parser) {
    if (!parser.currentToken().isScalarValue()) {
      throw WireJson.notA("a text", parser);
    }
    return parser.getString();
  }

  private static Boolean bool(JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw WireJson.notA("true or false", parser);
    };
  }

  private static BigDecimal number(JsonParser parser) {
    if (!parser.currentToken().isNumeric()) {
      throw WireJson.notA("a number", parser);
    }
    return parser.getDecimalValue();
  }

  /** Its digits as they are: a decimal number would need tables that are made at first use. */
  private static Integer wholeInt(JsonParser parser) {
    return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        ? Integer.valueOf(parser.getIntValue())
        : exact(parser, BigDecimal::intValueExact);
  }

  private static Long wholeLong(JsonParser parser) {
    return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        ? Long.valueOf(parser.getLongValue())
        : exact(parser, BigDecimal::longValueExact);
  }

  private static <T> T exact(JsonParser parser, Function<BigDecimal, T> convert) {
    try {
      return convert.apply(number(parser));
    } catch (ArithmeticException e) {
      throw WireJson.notA("a whole number of this size", parser);
    }
  }

  private static <T> T time(JsonParser parser, Function<String, T> parse) {
    try {
      return parse.apply(text(parser));
    } catch (DateTimeException e) {
      throw WireJson.notA("a date or time: " + e.getMessage(), parser);
    }
  }

  private static Value listOf(Value element) {
    return parser -> {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        throw WireJson.notA("a list", parser);
      }
      List<Object> list = new ArrayList<>();
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        if (token == null || token == JsonToken.VALUE_NULL) {
          throw WireJson.notA("a list without gaps", parser);
        }
        list.add(element.read(parser));
      }
      return list;
    };
  }

  /** Constants are written as they are named, some of them in lower case. */
  private static Value constant(Class<?> type) {
    Map<String, Object> byName = new HashMap<>();
    for (Object constant : type.getEnumConstants()) {
      String name = ((Enum<?>) constant).name();
      byName.put(name, constant);
      byName.put(name.toLowerCase(Locale.ROOT), constant);
    }
    Object unknown = byName.get("UNKNOWN");
    return parser -> {
      Object constant = byName.getOrDefault(text(parser), unknown);
      if (constant == null) {
        throw WireJson.notA("a " + type.getSimpleName(), parser);
      }
      return constant;
    };
  }
}
