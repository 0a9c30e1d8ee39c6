package dev.riskmanager.sim;

import dev.riskmanager.sim.exchange.AccountView;
import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.sim.exchange.OrderStatus;
import dev.riskmanager.sim.exchange.OrderType;
import dev.riskmanager.sim.exchange.OrderView;
import dev.riskmanager.sim.exchange.PositionView;
import dev.riskmanager.sim.exchange.TradeView;
import dev.riskmanager.sim.exchange.UserEvent;
import dev.riskmanager.sim.http.RequestRecord;
import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.json.Stamps;
import dev.riskmanager.sim.market.Contract;
import dev.riskmanager.sim.market.ContractCatalog;
import dev.riskmanager.sim.rows.Rows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The venue's books on disk, so that a venue that was killed goes on where it was: each change of
 * them as one JSON object a line, {@code {"at":…,"order"|"trade"|"position"|"account":ROW}}, with
 * the members of the hub's rows, in order and before anybody is told. Besides each request when it
 * arrived, {@code {"at":…,"nanos":…,"request":OPERATION,"body":…}}. A step is written at once, as a
 * whole or not at all; it survives the process, not the machine. Thread-safe.
 */
final class LedgerFile implements AutoCloseable {
  private final FileChannel out;

  private LedgerFile(FileChannel out) {
    this.out = out;
  }

  /**
   * Opens it for appending; made when it is not there. What a killed venue left half is cut off.
   */
  static LedgerFile open(Path file) {
    try {
      FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      out.truncate(wholeLines(file));
      out.position(out.size());
      return new LedgerFile(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long wholeLines(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  void append(Instant at, List<UserEvent> step) {
    StringBuilder lines = new StringBuilder();
    for (UserEvent event : step) {
      ObjectNode line = Json.object().put("at", Stamps.hub(at));
      switch (event) {
        case UserEvent.OrderChanged(OrderView order) -> line.set("order", Rows.HUB.order(order));
        case UserEvent.Traded(TradeView trade) -> line.set("trade", Rows.HUB.trade(trade));
        case UserEvent.PositionChanged(PositionView position) ->
            line.set("position", Rows.HUB.position(position));
        case UserEvent.AccountChanged(AccountView account) ->
            line.set("account", Rows.HUB.account(account));
      }
      lines.append(Json.write(line)).append('\n');
    }
    write(lines);
  }

  void append(RequestRecord request) {
    ObjectNode line = Json.object().put("at", Stamps.hub(request.at()));
    line.put("nanos", request.nanos());
    line.put("request", request.operation());
    line.set("body", request.body());
    write(new StringBuilder(Json.write(line)).append('\n'));
  }

  private synchronized void write(CharSequence lines) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(lines.toString());
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The changes of the books a file holds, oldest first; none when there is no file. */
  static List<UserEvent> read(Path file, ContractCatalog catalog) {
    List<UserEvent> events = new ArrayList<>();
    if (Files.notExists(file)) {
      return events;
    }
    try (Stream<String> lines = Files.lines(file)) {
      lines.forEach(line -> event(line, catalog).ifPresent(events::add));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return events;
  }

  private static Optional<UserEvent> event(String line, ContractCatalog catalog) {
    JsonNode json;
    try {
      json = Json.parse(line);
    } catch (JacksonException e) {
      // Half a line, by a kill: nobody was told of it.
      return Optional.empty();
    }
    for (String kind : List.of("order", "trade", "position", "account")) {
      JsonNode row = json.get(kind);
      if (row != null) {
        return Optional.of(
            switch (kind) {
              case "order" -> new UserEvent.OrderChanged(order(row, catalog));
              case "trade" -> new UserEvent.Traded(trade(row, catalog));
              case "position" -> new UserEvent.PositionChanged(position(row, catalog));
              default -> new UserEvent.AccountChanged(account(row));
            });
      }
    }
    return Optional.empty();
  }

  private static AccountView account(JsonNode row) {
    return new AccountView(
        whole(row, "id"),
        row.path("name").asString(""),
        row.path("balance").decimalValue(),
        row.path("canTrade").booleanValue());
  }

  private static PositionView position(JsonNode row, ContractCatalog catalog) {
    return new PositionView(
        (int) whole(row, "id"),
        whole(row, "accountId"),
        contract(row, catalog),
        time(row, "creationTimestamp"),
        (int) whole(row, "type"),
        (int) whole(row, "size"),
        row.path("averagePrice").decimalValue());
  }

  private static TradeView trade(JsonNode row, ContractCatalog catalog) {
    return new TradeView(
        whole(row, "id"),
        whole(row, "accountId"),
        contract(row, catalog),
        time(row, "creationTimestamp"),
        row.path("price").decimalValue(),
        decimal(row, "profitAndLoss"),
        row.path("fees").decimalValue(),
        decimal(row, "commissions"),
        side(row),
        (int) whole(row, "size"),
        row.path("voided").booleanValue(),
        whole(row, "orderId"));
  }

  private static OrderView order(JsonNode row, ContractCatalog catalog) {
    int status = (int) whole(row, "status");
    JsonNode tag = row.get("customTag");
    return new OrderView(
        whole(row, "id"),
        whole(row, "accountId"),
        contract(row, catalog),
        time(row, "creationTimestamp"),
        time(row, "updateTimestamp"),
        Stream.of(OrderStatus.values()).filter(s -> s.code() == status).findFirst().orElseThrow(),
        OrderType.of((int) whole(row, "type")).orElseThrow(),
        side(row),
        (int) whole(row, "size"),
        decimal(row, "limitPrice"),
        decimal(row, "stopPrice"),
        (int) whole(row, "fillVolume"),
        decimal(row, "filledPrice"),
        tag == null ? null : tag.asString(""),
        number(row, "trailDistance") == null ? null : (int) whole(row, "trailDistance"),
        decimal(row, "trailPrice"),
        number(row, "parentOrderId"),
        number(row, "linkedOrderId"));
  }

  private static OrderSide side(JsonNode row) {
    return whole(row, "side") == OrderSide.BUY.code() ? OrderSide.BUY : OrderSide.SELL;
  }

  private static Contract contract(JsonNode row, ContractCatalog catalog) {
    return catalog.byId(row.path("contractId").asString("")).orElseThrow();
  }

  private static Instant time(JsonNode row, String name) {
    return Stamps.parse(row.path(name).asString(""));
  }

  private static long whole(JsonNode row, String name) {
    return Objects.requireNonNull(number(row, name), name);
  }

  private static @Nullable Long number(JsonNode row, String name) {
    JsonNode value = row.get(name);
    return value == null || value.isNull() ? null : value.longValue();
  }

  private static @Nullable BigDecimal decimal(JsonNode row, String name) {
    JsonNode value = row.get(name);
    return value == null || value.isNull() ? null : value.decimalValue();
  }
}
