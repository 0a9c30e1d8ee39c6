package dev.riskmanager.payload;

import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Times;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeType;

/**
 * The members of one payload, read strictly: what is missing, of another type or out of range is
 * named, never replaced by a default. A member that is {@code null} counts as missing, because the
 * hub leaves out what REST prints as null.
 */
public final class Fields {
  /** Sizes above this are not sizes; the venue's own type is int32. */
  static final long MAX_SIZE = 1_000_000_000L;

  private final JsonNode node;

  /** A payload that cannot be used; the message names the member. */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    public Malformed(String message) {
      super(message, null, false, false);
    }
  }

  private Fields(JsonNode node) {
    this.node = node;
  }

  public static Fields of(JsonNode node) throws Malformed {
    if (!node.isObject()) {
      throw new Malformed("the payload is " + kind(node) + ", not an object");
    }
    return new Fields(node);
  }

  public boolean has(String name) {
    return find(name) != null;
  }

  public long id(String name) throws Malformed {
    return id(name, need(name));
  }

  public Optional<Long> optionalId(String name) throws Malformed {
    JsonNode value = find(name);
    return value == null ? Optional.empty() : Optional.of(id(name, value));
  }

  public AccountId account(String name) throws Malformed {
    return new AccountId(id(name));
  }

  public ContractId contract(String name) throws Malformed {
    String text = text(name);
    if (text.isBlank()) {
      throw new Malformed("member " + name + " is blank");
    }
    return new ContractId(text);
  }

  public long integer(String name, long min, long max) throws Malformed {
    return integer(name, need(name), min, max);
  }

  public Optional<Long> optionalInteger(String name, long min, long max) throws Malformed {
    JsonNode value = find(name);
    return value == null ? Optional.empty() : Optional.of(integer(name, value, min, max));
  }

  public Price price(String name) throws Malformed {
    return optionalPrice(name).orElseThrow(() -> missing(name));
  }

  public Optional<Price> optionalPrice(String name) throws Malformed {
    JsonNode value = find(name);
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Price.of(decimal(name, value)));
    } catch (ArithmeticException e) {
      throw new Malformed("member " + name + " is out of range");
    }
  }

  /** A price of the market, where zero means that there is none. */
  public Optional<Price> quoted(String name) throws Malformed {
    return optionalPrice(name).filter(price -> price.signum() != 0);
  }

  public Money money(String name) throws Malformed {
    return optionalMoney(name).orElseThrow(() -> missing(name));
  }

  public Optional<Money> optionalMoney(String name) throws Malformed {
    JsonNode value = find(name);
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Money.of(decimal(name, value)));
    } catch (ArithmeticException e) {
      throw new Malformed("member " + name + " is out of range");
    }
  }

  public boolean flag(String name) throws Malformed {
    return flag(name, need(name));
  }

  public boolean flag(String name, boolean whenAbsent) throws Malformed {
    JsonNode value = find(name);
    return value == null ? whenAbsent : flag(name, value);
  }

  public String text(String name) throws Malformed {
    return text(name, need(name));
  }

  public String text(String name, String whenAbsent) throws Malformed {
    JsonNode value = find(name);
    return value == null ? whenAbsent : text(name, value);
  }

  public Instant time(String name) throws Malformed {
    return optionalTime(name).orElseThrow(() -> missing(name));
  }

  public Optional<Instant> optionalTime(String name) throws Malformed {
    JsonNode value = find(name);
    if (value == null) {
      return Optional.empty();
    }
    Instant at;
    try {
      at = OffsetDateTime.parse(text(name, value)).toInstant();
    } catch (DateTimeException e) {
      throw new Malformed("member " + name + " is not an ISO-8601 time with an offset");
    }
    if (!Times.isPossible(at)) {
      throw new Malformed("member " + name + " is out of range");
    }
    return Optional.of(at);
  }

  private @Nullable JsonNode find(String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private JsonNode need(String name) throws Malformed {
    JsonNode value = find(name);
    if (value == null) {
      throw missing(name);
    }
    return value;
  }

  private static Malformed missing(String name) {
    return new Malformed("member " + name + " is missing");
  }

  /** Ids came as strings in one incident of the venue, so digits in quotes are an id too. */
  private static long id(String name, JsonNode value) throws Malformed {
    if (value.isString()) {
      try {
        return Long.parseLong(value.stringValue().strip());
      } catch (NumberFormatException e) {
        throw new Malformed("member " + name + " is not a number");
      }
    }
    return integer(name, value, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static long integer(String name, JsonNode value, long min, long max) throws Malformed {
    BigDecimal number = decimal(name, value);
    // Both ends of the exponent are checked before a conversion could build a huge number.
    long digits = number.precision() - (long) number.scale();
    if (number.signum() != 0 && digits > 19) {
      throw new Malformed("member " + name + " is out of range");
    }
    if (number.signum() != 0 && (digits < 1 || number.stripTrailingZeros().scale() > 0)) {
      throw new Malformed("member " + name + " is not a whole number");
    }
    try {
      long whole = number.signum() == 0 ? 0 : number.longValueExact();
      if (whole >= min && whole <= max) {
        return whole;
      }
    } catch (ArithmeticException e) {
      // Falls through: nineteen digits that are more than a long holds.
    }
    throw new Malformed("member " + name + " is out of range");
  }

  private static BigDecimal decimal(String name, JsonNode value) throws Malformed {
    if (!value.isNumber()) {
      throw new Malformed("member " + name + " is " + kind(value) + ", not a number");
    }
    return value.decimalValue();
  }

  private static boolean flag(String name, JsonNode value) throws Malformed {
    if (!value.isBoolean()) {
      throw new Malformed("member " + name + " is " + kind(value) + ", not true or false");
    }
    return value.booleanValue();
  }

  private static String text(String name, JsonNode value) throws Malformed {
    if (!value.isString()) {
      throw new Malformed("member " + name + " is " + kind(value) + ", not a text");
    }
    return value.stringValue();
  }

  private static String kind(JsonNode value) {
    JsonNodeType type = value.getNodeType();
    return switch (type) {
      case ARRAY -> "a list";
      case OBJECT, POJO -> "an object";
      case STRING -> "a text";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case NULL -> "null";
      case BINARY, MISSING -> "something else";
    };
  }
}
