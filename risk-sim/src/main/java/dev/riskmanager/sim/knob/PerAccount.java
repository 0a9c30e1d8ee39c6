package dev.riskmanager.sim.knob;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A value for all accounts or for one: {@code V}, or {@code {"accountId":N,"value":V}}.
 *
 * @param everyone the value of accounts not named
 * @param named the exceptions
 */
public record PerAccount<T>(T everyone, Map<Long, T> named) {

  public T of(long accountId) {
    @Nullable T own = named.get(accountId);
    return own == null ? everyone : own;
  }

  static <T> PerAccount<T> all(T value) {
    return new PerAccount<>(value, Map.of());
  }

  static <T> PerAccount<T> parse(
      String name, PerAccount<T> was, JsonNode v, Function<JsonNode, T> parser) {
    if (!v.isObject()) {
      return all(parser.apply(v));
    }
    JsonNode account = v.get("accountId");
    JsonNode value = v.get("value");
    if (account == null || !account.isIntegralNumber() || value == null) {
      throw Knob.wrong(name, v, "a value, or {\"accountId\":N,\"value\":V}");
    }
    Map<Long, T> named = new HashMap<>(was.named);
    named.put(account.longValue(), parser.apply(value));
    return new PerAccount<>(was.everyone, Map.copyOf(named));
  }
}
