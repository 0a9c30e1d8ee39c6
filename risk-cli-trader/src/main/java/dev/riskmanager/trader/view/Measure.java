package dev.riskmanager.trader.view;

import dev.riskmanager.wire.RuleView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a rule stands, in words: no figure without its unit.
 *
 * @param title the rule in a word or two, where its key has no room
 * @param value what is observed; a dash when it is not known
 * @param limit what is allowed; a dash when it is no figure
 * @param of both, such as {@code $-310.00 of $-500.00}
 * @param brief the same where there is little room, such as {@code $-310.00 of $-500}
 * @param left such as {@code 3 contracts left} or {@code $65.48 past}; empty where nothing counts
 * @param briefLeft the same without a unit that stands beside it, such as {@code 3 left}
 * @param note what is allowed where it is no figure, such as hours or symbols; else empty
 */
public record Measure(
    String title,
    String value,
    String limit,
    String of,
    String brief,
    String left,
    String briefLeft,
    String note) {

  /** A figure with a name before it or a unit after it, such as {@code MNQ 2} or {@code 10 s}. */
  private static final Pattern FIGURE =
      Pattern.compile("(|[A-Za-z0-9]*[A-Za-z] )(-?[0-9]+(?:\\.[0-9]+)?)(| [a-z][a-z ]*)");

  /** What the figures of a rule count. */
  private enum Unit {
    DOLLARS,
    CONTRACTS,
    TRADES,
    SECONDS,
    /** They say something and count nothing. */
    WORDS
  }

  /**
   * Where a rule stands.
   *
   * @param rule the rule
   * @param times the zone of the texts
   * @param now an instant of the day whose times need no date
   * @return it in words
   */
  public static Measure of(RuleView rule, Times times, Instant now) {
    Unit unit = unit(rule);
    Figure value = Figure.of(rule.value());
    Figure limit = Figure.of(rule.limit());
    if (unit == Unit.WORDS || value == null || limit == null || !value.isLike(limit)) {
      return words(rule, unit, times, now);
    }
    return figures(rule, unit, value, limit);
  }

  private static Measure figures(RuleView rule, Unit unit, Figure value, Figure limit) {
    BigDecimal distance =
        limit.number().signum() < 0
            ? value.number().subtract(limit.number())
            : limit.number().subtract(value.number());
    boolean past = distance.signum() < 0;
    String amount = distance.abs().toPlainString();
    String word = past ? " past" : " left";
    String before = value.before();
    String allowed = limit.text();
    return switch (unit) {
      case DOLLARS ->
          new Measure(
              title(rule.rule()),
              "$" + value.text(),
              "$" + allowed,
              "$" + value.text() + " of $" + allowed,
              "$" + value.text() + " of $" + withoutZeroCents(allowed),
              "$" + amount + word,
              "$" + amount + word,
              "");
      case CONTRACTS ->
          new Measure(
              title(rule.rule()),
              before + value.text(),
              before + counted(allowed, "contract"),
              before + value.text() + " of " + counted(allowed, "contract"),
              before.isEmpty()
                  ? value.text() + " of " + counted(allowed, "contract")
                  : before + value.text() + " of " + allowed,
              counted(amount, "contract") + word,
              amount + word,
              "");
      case TRADES ->
          new Measure(
              title(rule.rule()),
              value.text(),
              counted(allowed, "trade") + perWindow(limit.after()),
              value.text() + " of " + counted(allowed, "trade") + limit.after(),
              value.text() + " of " + counted(allowed, "trade") + perWindow(limit.after()),
              trades(distance, "every trade", "next trade", "trade"),
              trades(distance, "each", "next", ""),
              "");
      case SECONDS ->
          new Measure(
              title(rule.rule()),
              value.text() + " s",
              allowed + " s",
              value.text() + " s of " + allowed + " s without a stop",
              value.text() + " of " + allowed + " s",
              amount + " s" + word,
              amount + " s" + word,
              "");
      case WORDS -> throw new IllegalStateException("words are no figures");
    };
  }

  /** What counts nothing, or has not counted anything yet. */
  private static Measure words(RuleView rule, Unit unit, Times times, Instant now) {
    String value =
        rule.value() == null
            ? Figures.UNKNOWN
            : UtcTexts.replace(rule.value(), at -> times.near(at, now));
    String limit = rule.limit() == null ? "" : times.in(rule.limit(), now);
    return switch (rule.rule()) {
      case "auth_loss_guard" -> {
        boolean listed = !value.equals("not listed");
        yield words(rule, value, listed ? "trading " + value : "account not listed", "");
      }
      case "symbol_blocks" ->
          words(rule, value, value.equals("none") ? "none held" : value + " held", limit);
      case "session_block_outside" -> {
        int until = value.indexOf(" until ");
        String word = until < 0 ? value : value.substring(0, until);
        String rest = until < 0 ? "" : value.substring(until + 1) + "; ";
        yield new Measure(
            title(rule.rule()), word, Figures.UNKNOWN, value, word, "", "", rest + limit);
      }
      case "max_contracts_per_instrument" ->
          words(rule, value, value.equals("0") ? "none held" : value + " held", limit);
      case "trade_management" -> words(rule, value, value, limit);
      default -> {
        String sign = unit == Unit.DOLLARS ? "$" : "";
        String told = Figures.number(value) == null ? value : sign + value;
        String allowed = Figures.number(limit) == null ? limit : sign + limit;
        String of = allowed.isEmpty() ? told : told + " of " + allowed;
        yield new Measure(
            title(rule.rule()),
            told,
            allowed.isEmpty() ? Figures.UNKNOWN : allowed,
            of,
            of,
            "",
            "",
            "");
      }
    };
  }

  private static Measure words(RuleView rule, String value, String of, String note) {
    return new Measure(title(rule.rule()), value, Figures.UNKNOWN, of, of, "", "", note);
  }

  private static Unit unit(RuleView rule) {
    return switch (rule.rule()) {
      case "daily_realized_loss",
          "daily_unrealized_loss",
          "max_unrealized_profit",
          "cooldown_after_loss",
          "daily_realized_profit" ->
          Unit.DOLLARS;
      case "max_contracts", "max_contracts_per_instrument" -> Unit.CONTRACTS;
      case "trade_frequency_limit" -> Unit.TRADES;
      case "no_stop_loss_grace" -> Unit.SECONDS;
      default -> Unit.WORDS;
    };
  }

  /** A rule in a word or two; its key when it is not known here. */
  static String title(String rule) {
    return switch (rule) {
      case "max_contracts" -> "contracts";
      case "max_contracts_per_instrument" -> "contracts of";
      case "daily_realized_loss" -> "daily loss";
      case "daily_unrealized_loss" -> "open loss";
      case "max_unrealized_profit" -> "open profit";
      case "trade_frequency_limit" -> "trades";
      case "cooldown_after_loss" -> "last loss";
      case "no_stop_loss_grace" -> "no stop";
      case "session_block_outside" -> "session";
      case "auth_loss_guard" -> "venue";
      case "symbol_blocks" -> "blocked";
      case "trade_management" -> "automation";
      case "daily_realized_profit" -> "daily profit";
      default -> rule;
    };
  }

  /** The trade that reaches the limit is the one too many. */
  private static String trades(BigDecimal distance, String each, String next, String unit) {
    if (distance.signum() <= 0) {
      return each + " breaches";
    }
    BigDecimal harmless = distance.subtract(BigDecimal.ONE);
    return harmless.signum() <= 0
        ? next + " breaches"
        : (unit.isEmpty() ? harmless.toPlainString() : counted(harmless.toPlainString(), unit))
            + " left";
  }

  private static String counted(String number, String unit) {
    return number + " " + unit + (number.equals("1") ? "" : "s");
  }

  /** {@code in a minute} as {@code /min}. */
  private static String perWindow(String after) {
    int last = after.lastIndexOf(' ');
    String window = after.substring(last + 1);
    return last < 0 ? after : "/" + (window.equals("minute") ? "min" : window);
  }

  private static String withoutZeroCents(String amount) {
    return amount.endsWith(".00") ? amount.substring(0, amount.length() - 3) : amount;
  }

  private record Figure(String before, String text, BigDecimal number, String after) {
    static @Nullable Figure of(@Nullable String said) {
      Matcher matcher = FIGURE.matcher(said == null ? "" : said);
      if (!matcher.matches()) {
        return null;
      }
      String text = String.valueOf(matcher.group(2));
      return new Figure(
          String.valueOf(matcher.group(1)),
          text,
          new BigDecimal(text),
          String.valueOf(matcher.group(3)));
    }

    boolean isLike(Figure other) {
      return before.equals(other.before) && after.equals(other.after);
    }
  }
}
