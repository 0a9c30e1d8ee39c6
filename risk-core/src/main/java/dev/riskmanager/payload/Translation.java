package dev.riskmanager.payload;

import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.event.RiskEvent.SnapshotTaken;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.payload.Fields.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The venue's payloads in the engine's words. Pure: no I/O, no clock, no state; the live gateway
 * and a replay use the same.
 *
 * <p>Lenient in form, because the wire is (gateway-api §5.6, §5.7): wrapped in {@code {action,
 * data}}, flat, in lists, spread over several arguments, with nulls in between. Strict in content:
 * a payload with a missing or wrong member becomes a {@link Rejected} that names it. Nothing here
 * throws, whatever it is given.
 */
public final class Translation {
  /** Lists in lists deeper than this are nobody's payload. */
  private static final int MAX_NESTING = 4;

  private Translation() {}

  /**
   * A payload that could not be used.
   *
   * @param event its name, or that of the REST rows
   * @param reason names the member and what is wrong with it
   */
  public record Rejected(String event, String reason) {
    @Override
    public String toString() {
      return event + ": " + reason;
    }
  }

  /** What came of a message: events in order, and what had to be left out. */
  public record Translated(List<RiskEvent> events, List<Rejected> rejected) {
    public static final Translated NOTHING = new Translated(List.of(), List.of());
  }

  /** What came of a list of rows. */
  public record Rows<T>(List<T> rows, List<Rejected> rejected) {}

  /**
   * One payload, unwrapped: what a recording holds.
   *
   * @param contractId of market events; null on the user hub or when it was not said
   */
  public record Payload(@Nullable String contractId, JsonNode data) {}

  /** An invocation of the hub with its arguments as they came. */
  public static Translated hubEvent(String name, List<JsonNode> arguments) {
    // A text alone is the id of a contract of which nothing is said.
    if (arguments.isEmpty() || (arguments.size() == 1 && arguments.getFirst().isString())) {
      return rejected(name, "it came without a payload");
    }
    List<RiskEvent> events = new ArrayList<>();
    List<Rejected> rejected = new ArrayList<>();
    for (Payload payload : unwrap(arguments)) {
      Translated one = payload(name, payload.contractId(), payload.data());
      events.addAll(one.events());
      rejected.addAll(one.rejected());
    }
    return new Translated(List.copyOf(events), List.copyOf(rejected));
  }

  /** The payloads inside an invocation's arguments, without wrappers, lists and nulls. */
  public static List<Payload> unwrap(List<JsonNode> arguments) {
    List<JsonNode> rest = arguments;
    // Some clients' libraries, and so some recordings, keep all arguments in one list.
    if (rest.size() == 1 && rest.getFirst().isArray() && startsWithText(rest.getFirst())) {
      rest = List.copyOf(rest.getFirst().values());
    }
    String contractId = null;
    if (!rest.isEmpty() && rest.getFirst().isString()) {
      contractId = rest.getFirst().stringValue();
      rest = rest.subList(1, rest.size());
    }
    List<Payload> found = new ArrayList<>();
    for (JsonNode argument : rest) {
      collect(contractId, argument, MAX_NESTING, found);
    }
    return found;
  }

  private static boolean startsWithText(JsonNode list) {
    JsonNode first = list.get(0);
    return first != null && first.isString();
  }

  private static void collect(
      @Nullable String contractId, JsonNode node, int depth, List<Payload> found) {
    if (node.isNull()) {
      return;
    }
    if (node.isArray() && depth > 0) {
      node.values().forEach(entry -> collect(contractId, entry, depth - 1, found));
      return;
    }
    JsonNode data = node.get("data");
    boolean wrapped = node.has("action") && data != null && (data.isObject() || data.isArray());
    if (wrapped && depth > 0) {
      collect(contractId, data, depth - 1, found);
    } else {
      found.add(new Payload(contractId, node));
    }
  }

  /**
   * One unwrapped payload.
   *
   * @param contractId of market events, when it was told beside the payload
   */
  public static Translated payload(String name, @Nullable String contractId, JsonNode data) {
    try {
      return switch (name) {
        case "GatewayUserAccount" -> one(new RiskEvent.AccountReported(Payloads.account(data)));
        case "GatewayUserOrder" -> one(new RiskEvent.OrderReported(Payloads.order(data)));
        case "GatewayUserPosition" -> one(Payloads.position(data));
        case "GatewayUserTrade" -> one(new RiskEvent.TradeReported(Payloads.trade(data)));
        case "GatewayQuote" -> one(Payloads.quote(contractId, data));
        case "GatewayTrade" -> one(Payloads.marketTrade(contractId, data));
        case "GatewayDepth" -> Translated.NOTHING;
        default -> rejected(name, "an event of this name is not known");
      };
    } catch (Malformed e) {
      return rejected(label(name, data), String.valueOf(e.getMessage()));
    }
  }

  /**
   * The rows of the REST calls as one event. A member that is missing was not read. A list with a
   * row that cannot be used counts as not read, because what it leaves out would look as if it did
   * not exist; trades are the exception, each stands for itself.
   */
  public static Translated snapshot(boolean reconciliation, JsonNode data) {
    if (!data.isObject()) {
      return rejected(reconciliation ? "Reconciled" : "Snapshot", "it is not an object");
    }
    List<Rejected> rejected = new ArrayList<>();
    Optional<List<Account>> accounts =
        list(data, "accounts").map(Translation::accounts).flatMap(rows -> whole(rows, rejected));
    Optional<List<Position>> positions =
        list(data, "positions").map(Translation::positions).flatMap(rows -> whole(rows, rejected));
    Optional<List<Order>> orders =
        list(data, "orders").map(Translation::orders).flatMap(rows -> whole(rows, rejected));
    Optional<List<Trade>> trades =
        list(data, "trades")
            .map(Translation::trades)
            .map(
                rows -> {
                  rejected.addAll(rows.rejected());
                  return rows.rows();
                });
    JsonNode only = data.path("only");
    SnapshotTaken taken =
        new SnapshotTaken(
            reconciliation,
            only.isIntegralNumber()
                ? Optional.of(new AccountId(only.longValue()))
                : Optional.empty(),
            accounts,
            positions,
            orders,
            trades);
    return new Translated(List.of(taken), List.copyOf(rejected));
  }

  /** Contract rows as one event; a row that cannot be used is left out. */
  public static Translated contractsListed(JsonNode data) {
    Rows<Contract> rows = contracts(data);
    return new Translated(List.of(new RiskEvent.ContractsListed(rows.rows())), rows.rejected());
  }

  private static Optional<JsonNode> list(JsonNode data, String name) {
    return Optional.ofNullable(data.get(name)).filter(value -> !value.isNull());
  }

  private static <T> Optional<List<T>> whole(Rows<T> rows, List<Rejected> rejected) {
    rejected.addAll(rows.rejected());
    return rows.rejected().isEmpty() ? Optional.of(rows.rows()) : Optional.empty();
  }

  /** Rows of {@code Account/search}. */
  public static Rows<Account> accounts(JsonNode rows) {
    return rows("accounts", rows, Payloads::account);
  }

  /** Rows of {@code Position/searchOpen}; flat ones are left out. */
  public static Rows<Position> positions(JsonNode rows) {
    Rows<Optional<Position>> read =
        rows("positions", rows, row -> Payloads.position(row).position());
    return new Rows<>(read.rows().stream().flatMap(Optional::stream).toList(), read.rejected());
  }

  /** Rows of the order searches. */
  public static Rows<Order> orders(JsonNode rows) {
    return rows("orders", rows, Payloads::order);
  }

  /** Rows of {@code Trade/search}. */
  public static Rows<Trade> trades(JsonNode rows) {
    return rows("trades", rows, Payloads::trade);
  }

  /** Rows of {@code Contract/available}. */
  public static Rows<Contract> contracts(JsonNode rows) {
    return rows("contracts", rows, Payloads::contract);
  }

  @FunctionalInterface
  private interface RowReader<T> {
    T read(JsonNode row) throws Malformed;
  }

  private static <T> Rows<T> rows(String name, JsonNode rows, RowReader<T> reader) {
    List<T> read = new ArrayList<>();
    List<Rejected> rejected = new ArrayList<>();
    if (rows.isNull()) {
      return new Rows<>(List.of(), List.of());
    }
    if (!rows.isArray()) {
      return new Rows<>(List.of(), List.of(new Rejected(name, "it is not a list")));
    }
    for (JsonNode row : rows.values()) {
      try {
        if (!row.isNull()) {
          read.add(reader.read(row));
        }
      } catch (Malformed e) {
        rejected.add(new Rejected(label(name, row), String.valueOf(e.getMessage())));
      }
    }
    return new Rows<>(List.copyOf(read), List.copyOf(rejected));
  }

  private static Translated one(RiskEvent event) {
    return new Translated(List.of(event), List.of());
  }

  private static Translated rejected(String event, String reason) {
    return new Translated(List.of(), List.of(new Rejected(event, reason)));
  }

  /** The name with the row's id, so that one can look it up at the venue. */
  private static String label(String name, JsonNode data) {
    JsonNode id = data.get("id");
    return id != null && (id.isIntegralNumber() || id.isString())
        ? name + " " + id.asString("")
        : name;
  }
}
