package dev.riskmanager.sim.exchange;

import dev.riskmanager.sim.knob.Knobs;
import dev.riskmanager.sim.market.Contract;
import dev.riskmanager.sim.market.ContractCatalog;
import dev.riskmanager.sim.market.Quotes;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** An exchange whose time moves only when a test says so. */
final class Books {
  static final long ACCOUNT = 13_298_777L;
  static final long OTHER = 13_298_778L;
  static final String MNQ = "CON.F.US.MNQ.U26";

  final Knobs knobs = new Knobs();
  final ContractCatalog catalog = new ContractCatalog();
  final List<UserEvent> events = new ArrayList<>();
  final Exchange exchange;
  final Trader trader;
  Instant now = Instant.parse("2026-08-19T14:00:00.123456700Z");
  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private long sequence;

  private record Task(Instant at, long sequence, Runnable work) implements Comparable<Task> {
    @Override
    public int compareTo(Task other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  Books() {
    Quotes quotes = new Quotes(catalog, knobs, () -> now);
    exchange =
        new Exchange(
            catalog,
            quotes,
            knobs,
            () -> now,
            (millis, work) -> tasks.add(new Task(now.plusMillis(millis), sequence++, work)),
            events::addAll,
            quote -> {});
    trader = new Trader(catalog, exchange);
    exchange.open(ACCOUNT, "PRAC-V2-1", new BigDecimal("50000"));
    exchange.open(OTHER, "PRAC-V2-2", new BigDecimal("1000"));
    price("21000");
  }

  /** The same without any delay. */
  static Books instant() {
    Books books = new Books();
    for (String delay : List.of("fill_ms", "bracket_ms", "oco_ms", "reject_ms")) {
      books.knobs.set(delay, 0);
    }
    return books;
  }

  /** Lets time pass, and what is due in it happen. */
  void pass(long millis) {
    Instant end = now.plusMillis(millis);
    while (!tasks.isEmpty() && !tasks.peek().at().isAfter(end)) {
      Task task = tasks.remove();
      now = task.at();
      task.work().run();
    }
    now = end;
  }

  void price(String price) {
    exchange.price(contract(), dec(price));
  }

  Contract contract() {
    return catalog.byId(MNQ).orElseThrow();
  }

  Outcome market(OrderSide side, int size) {
    return exchange.place(OrderRequest.market(ACCOUNT, MNQ, side, size));
  }

  Outcome limit(OrderSide side, int size, String price) {
    return exchange.place(OrderRequest.limit(ACCOUNT, MNQ, side, size, dec(price)));
  }

  Outcome stop(OrderSide side, int size, String price) {
    return exchange.place(OrderRequest.stop(ACCOUNT, MNQ, side, size, dec(price)));
  }

  OrderView order(Outcome outcome) {
    return order(String.valueOf(outcome.orderId()));
  }

  OrderView order(String id) {
    return exchange.reader().orders(ACCOUNT, o -> String.valueOf(o.id()).equals(id)).getFirst();
  }

  List<OrderView> orders() {
    return exchange.reader().orders(ACCOUNT, o -> true);
  }

  /** The position in MNQ as {@code 2@21000.25}, negative when short, or {@code flat}. */
  String position() {
    List<PositionView> all = exchange.reader().positions(ACCOUNT);
    if (all.isEmpty()) {
      return "flat";
    }
    PositionView p = all.getFirst();
    return (p.type() == 2 ? -p.size() : p.size())
        + "@"
        + p.averagePrice().stripTrailingZeros().toPlainString();
  }

  String balance() {
    AccountView account = exchange.reader().account(ACCOUNT).orElseThrow();
    return account.balance().setScale(2, java.math.RoundingMode.UNNECESSARY).toPlainString();
  }

  /** Trades oldest first as {@code 1@21000 pnl=4 fees=0.36}. */
  List<String> trades() {
    return exchange.reader().trades(ACCOUNT, null, null).reversed().stream()
        .map(
            t ->
                t.side().sign() * t.size()
                    + "@"
                    + plain(t.price())
                    + " pnl="
                    + (t.profitAndLoss() == null ? "none" : plain(t.profitAndLoss()))
                    + " fees="
                    + plain(t.fees()))
        .toList();
  }

  /** The events so far in short, and forgets them. */
  List<String> told() {
    List<String> result = events.stream().map(Books::shortly).toList();
    events.clear();
    return result;
  }

  private static String shortly(UserEvent event) {
    return switch (event) {
      case UserEvent.OrderChanged e ->
          "order "
              + (e.order().customTag() == null ? "" : e.order().customTag() + " ")
              + e.order().status();
      case UserEvent.Traded e -> "trade " + e.trade().size();
      case UserEvent.PositionChanged e ->
          "position " + e.position().type() + "x" + e.position().size();
      case UserEvent.AccountChanged e -> "account " + e.account().canTrade();
    };
  }

  static String plain(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }

  static BigDecimal dec(String value) {
    return new BigDecimal(value);
  }

  Duration since(Instant then) {
    return Duration.between(then, now);
  }
}
