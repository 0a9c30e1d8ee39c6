package dev.riskmanager.trader.view;

import org.jspecify.annotations.Nullable;

/**
 * What the user has chosen to see.
 *
 * @param tab the page
 * @param account which account, counted from 0; wraps around
 * @param scroll lines scrolled: from the top, in the log from the end
 * @param filter what lines of the log must contain, empty for all
 * @param editing whether the filter is being typed
 * @param help whether the keys are explained
 * @param receipt the receipt of {@link Tab#WHY}, null for the newest
 * @param quit whether the user wants out
 */
public record Ui(
    Tab tab,
    int account,
    int scroll,
    String filter,
    boolean editing,
    boolean help,
    @Nullable String receipt,
    boolean quit) {

  /** At the beginning. */
  public static final Ui START = new Ui(Tab.OVERVIEW, 0, 0, "", false, false, null, false);

  /** How far a key can move. */
  public record Reach(int page, int maxScroll, Receipts receipts) {}

  /** The receipts one can leaf through. */
  @FunctionalInterface
  public interface Receipts {
    /**
     * The receipt beside one.
     *
     * @param from its id, null for the newest
     * @param step -1 for the one before, 1 for the one after
     * @return its id, null for the newest
     */
    @Nullable String beside(@Nullable String from, int step);
  }

  /**
   * What a key does.
   *
   * @param key the key
   * @param reach how far it can move on what was drawn last
   * @return what the user sees then
   */
  public Ui on(Key key, Reach reach) {
    if (key.kind() == Key.Kind.INTERRUPT || key.kind() == Key.Kind.END_OF_INPUT) {
      return new Ui(tab, account, scroll, filter, editing, help, receipt, true);
    }
    if (editing) {
      return edit(key);
    }
    if (help) {
      // Any key closes the help, and does what it does.
      boolean only = key.kind() == Key.Kind.ESCAPE || key.equals(Key.of('?'));
      Ui closed = new Ui(tab, account, scroll, filter, false, false, receipt, false);
      return only ? closed : closed.on(key, reach);
    }
    return switch (key.kind()) {
      case CHARACTER -> character(key.character(), reach);
      case TAB, RIGHT -> show(tab.next());
      case BACK_TAB, LEFT -> show(tab.previous());
      case UP -> scrolled(-1, reach);
      case DOWN -> scrolled(1, reach);
      case PAGE_UP -> scrolled(-reach.page(), reach);
      case PAGE_DOWN -> scrolled(reach.page(), reach);
      case HOME -> scrolled(-1_000_000, reach);
      case END -> scrolled(1_000_000, reach);
      case ESCAPE -> filter.isEmpty() ? show(Tab.OVERVIEW) : filtered("", false);
      case ENTER, BACKSPACE, REDRAW, INTERRUPT, END_OF_INPUT -> this;
    };
  }

  private Ui character(char c, Reach reach) {
    return switch (c) {
      case 'q', 'Q' -> new Ui(tab, account, scroll, filter, false, false, receipt, true);
      case '?' -> new Ui(tab, account, scroll, filter, false, true, receipt, false);
      case '/' -> new Ui(Tab.LOG, account, 0, filter, true, false, receipt, false);
      case 'a' -> new Ui(tab, account + 1, 0, filter, false, false, receipt, false);
      case 'A' -> new Ui(tab, account - 1, 0, filter, false, false, receipt, false);
      case 'k' -> scrolled(-1, reach);
      case 'j' -> scrolled(1, reach);
      case 'g' -> scrolled(-1_000_000, reach);
      case 'G' -> scrolled(1_000_000, reach);
      case 'h' -> show(tab.previous());
      case 'l' -> show(tab.next());
      case 'p' -> leaf(-1, reach);
      case 'n' -> leaf(1, reach);
      default -> {
        int index = c - '1';
        yield index >= 0 && index < Tab.values().length ? show(Tab.values()[index]) : this;
      }
    };
  }

  private Ui edit(Key key) {
    return switch (key.kind()) {
      case CHARACTER -> filtered(filter + key.character(), true);
      case BACKSPACE ->
          filtered(
              filter.isEmpty()
                  ? ""
                  : filter.substring(0, filter.offsetByCodePoints(filter.length(), -1)),
              true);
      case ENTER -> filtered(filter, false);
      case ESCAPE -> filtered("", false);
      default -> this;
    };
  }

  private Ui filtered(String text, boolean still) {
    return new Ui(tab, account, 0, text, still, false, receipt, false);
  }

  private Ui show(Tab other) {
    return new Ui(other, account, 0, filter, false, false, receipt, false);
  }

  private Ui leaf(int step, Reach reach) {
    String other = reach.receipts().beside(receipt, step);
    return new Ui(Tab.WHY, account, 0, filter, false, false, other, false);
  }

  /** Moves down by that many lines; the log is at rest at its end. */
  private Ui scrolled(int down, Reach reach) {
    int step = tab == Tab.LOG ? -down : down;
    int from = Math.min(scroll, reach.maxScroll());
    int to = Math.max(0, Math.min(reach.maxScroll(), from + step));
    return new Ui(tab, account, to, filter, false, false, receipt, false);
  }
}
