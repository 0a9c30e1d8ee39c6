package dev.riskmanager.replay;

import dev.riskmanager.daemon.contracts.ShippedContracts;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Trade;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The trades that TopstepX exports as CSV, one round trip a row, as the fills they were made of:
 *
 * <pre>
 * Id,ContractName,EnteredAt,ExitedAt,EntryPrice,ExitPrice,Fees,PnL,Size,Type,TradeDay,TradeDuration,Commissions
 * 42817425,MNQH6,12/18/2025 13:26:13 +01:00,12/18/2025 13:26:46 +01:00,25097.25,25099.25,2.22,12.00,3,Long,…
 * </pre>
 */
final class TradesCsv {
  /** What a row cannot tell, said to whoever replays it. */
  static final List<String> UNKNOWN =
      List.of(
          "the rows tell round trips, not what happened in between: open P&L, quotes, stops and"
              + " other orders, cancelled orders and refusals are unknown, so the rules about them"
              + " (004, 005, 008, 012) have nothing to judge",
          "fills of one side at the same second are taken for one order; exact partial fills are"
              + " unknown, and trade counts may differ from the venue's",
          "positions are inferred from the fills; half of a row's fees and commissions is booked"
              + " with each of its two fills");

  private static final DateTimeFormatter AMERICAN =
      DateTimeFormatter.ofPattern("M/d/yyyy H:mm:ss XXX", Locale.ROOT);
  private static final Pattern CONTRACT = Pattern.compile("([A-Z0-9]+?)([FGHJKMNQUVXZ])(\\d{1,2})");
  private static final List<String> REQUIRED =
      List.of(
          "ContractName",
          "EnteredAt",
          "ExitedAt",
          "EntryPrice",
          "ExitPrice",
          "Fees",
          "PnL",
          "Size",
          "Type");
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  private final ShippedContracts contracts = ShippedContracts.load();
  private final AccountId account;
  private final Map<String, Integer> columns = new TreeMap<>();
  private final Map<String, Long> orders = new TreeMap<>();
  private final List<Trade> fills = new ArrayList<>();

  /** A row that cannot be used. */
  static final class BadRow extends Exception {
    private static final long serialVersionUID = 1;

    BadRow(String message) {
      super(message);
    }
  }

  /** Whether a file that begins with this line is such an export. */
  static boolean isHeader(String line) {
    List<String> cells = cells(line);
    return cells.contains("ContractName") && cells.contains("EnteredAt");
  }

  /**
   * Begins.
   *
   * @param header the first line
   * @param account whose trades they are; the export does not say
   */
  TradesCsv(String header, AccountId account) throws BadRow {
    this.account = account;
    List<String> names = cells(header);
    for (int i = 0; i < names.size(); i++) {
      columns.putIfAbsent(names.get(i), i);
    }
    for (String name : REQUIRED) {
      if (!columns.containsKey(name)) {
        throw new BadRow("the column " + name + " is missing");
      }
    }
  }

  /** Takes a row in. */
  void row(String line) throws BadRow {
    List<String> cells = cells(line);
    boolean isLong = isLong(cell(cells, "Type"));
    long size = size(cell(cells, "Size"));
    BigDecimal costs = decimal("Fees", cell(cells, "Fees")).add(optional(cells, "Commissions"));
    Money half = money("Fees", costs.divide(TWO));
    OrderSide in = isLong ? OrderSide.BUY : OrderSide.SELL;
    OrderSide out = isLong ? OrderSide.SELL : OrderSide.BUY;
    Instant entered = time("EnteredAt", cell(cells, "EnteredAt"));
    Instant exited = time("ExitedAt", cell(cells, "ExitedAt"));
    if (exited.isBefore(entered)) {
      throw new BadRow("it ends before it begins");
    }
    ContractId contract =
        contract(cell(cells, "ContractName"), entered.atOffset(ZoneOffset.UTC).getYear());
    fill(contract, in, size, price(cells, "EntryPrice"), Optional.empty(), half, entered);
    Money gross = money("PnL", decimal("PnL", cell(cells, "PnL")));
    fill(contract, out, size, price(cells, "ExitPrice"), Optional.of(gross), half, exited);
  }

  private void fill(
      ContractId contract,
      OrderSide side,
      long size,
      Price price,
      Optional<Money> profitAndLoss,
      Money fees,
      Instant at) {
    String order = contract.value() + " " + side + " " + at + " " + profitAndLoss.isPresent();
    long orderId = orders.computeIfAbsent(order, key -> orders.size() + 1L);
    fills.add(
        new Trade(
            fills.size() + 1L,
            account,
            contract,
            side,
            size,
            price,
            profitAndLoss,
            fees,
            orderId,
            at,
            false));
  }

  /** The fills, oldest first; of one instant, what closes comes before what opens. */
  List<Trade> fills() {
    List<Trade> sorted = new ArrayList<>(fills);
    sorted.sort(
        Comparator.comparing(Trade::executedAt)
            .thenComparing(trade -> trade.profitAndLoss().isEmpty())
            .thenComparingLong(Trade::id));
    return sorted;
  }

  /** {@code MNQH6} of a trade in 2025 is {@code CON.F.US.MNQ.H26}. */
  private ContractId contract(String name, int tradedIn) throws BadRow {
    Matcher parts = CONTRACT.matcher(name);
    if (parts.matches()) {
      for (ShippedContracts.Product product : contracts.products()) {
        if (product.symbol().equals(parts.group(1))) {
          return new ContractId(
              "CON." + product.productId() + "." + parts.group(2) + year(parts.group(3), tradedIn));
        }
      }
    }
    throw new BadRow("the contract " + name + " is not known");
  }

  /** The export prints one digit: that of a year from the last one on. */
  private static String year(String digits, int tradedIn) {
    int year = tradedIn - 1;
    while (digits.length() == 1 && !String.valueOf(year).endsWith(digits)) {
      year++;
    }
    return digits.length() == 1 ? String.valueOf(year).substring(2) : digits;
  }

  private static boolean isLong(String type) throws BadRow {
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "long" -> true;
      case "short" -> false;
      default -> throw new BadRow("Type must be Long or Short, not " + type);
    };
  }

  private static long size(String text) throws BadRow {
    try {
      long size = Long.parseLong(text);
      if (size > 0 && size <= 1_000_000) {
        return size;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new BadRow("Size must be a number of contracts, not " + text);
  }

  private static Instant time(String column, String text) throws BadRow {
    try {
      return OffsetDateTime.parse(text, AMERICAN).withOffsetSameInstant(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException e2) {
        throw new BadRow(
            column + " must be a time such as 10/31/2025 09:31:05 -05:00, not " + text);
      }
    }
  }

  private Price price(List<String> cells, String column) throws BadRow {
    try {
      return Price.of(decimal(column, cell(cells, column)));
    } catch (ArithmeticException e) {
      throw new BadRow(column + " is out of range");
    }
  }

  private static Money money(String column, BigDecimal amount) throws BadRow {
    try {
      return Money.of(amount);
    } catch (ArithmeticException e) {
      throw new BadRow(column + " is out of range");
    }
  }

  private static BigDecimal decimal(String column, String text) throws BadRow {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new BadRow(column + " must be a number, not " + text);
    }
  }

  private BigDecimal optional(List<String> cells, String column) throws BadRow {
    Integer index = columns.get(column);
    boolean there = index != null && index < cells.size() && !cells.get(index).isEmpty();
    return there ? decimal(column, cell(cells, column)) : BigDecimal.ZERO;
  }

  private String cell(List<String> cells, String column) throws BadRow {
    Integer index = columns.get(column);
    if (index == null || index >= cells.size()) {
      throw new BadRow("it has only " + cells.size() + " columns");
    }
    return cells.get(index);
  }

  /** No cell of this export holds a comma or a line end; quotes may stand around any. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    for (String cell : line.replace("\uFEFF", "").split(",", -1)) {
      String plain = cell.strip();
      boolean quoted = plain.length() > 1 && plain.startsWith("\"") && plain.endsWith("\"");
      cells.add(quoted ? plain.substring(1, plain.length() - 1) : plain);
    }
    return cells;
  }
}
