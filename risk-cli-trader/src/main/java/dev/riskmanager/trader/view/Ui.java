package dev.riskmanager.trader.view;

import org.jspecify.annotations.Nullable;

/**
 * What the user has chosen to see.
 *
 * @param tab the page
 * @param account which account, counted from 0; wraps around
 * @param scroll lines scrolled: from the top, on pages whose newest line is their last from the end
 * @param filter what lines of the log must contain, empty for all
 * @param editing whether the filter is being typed
 * @param overlay what lies over the page
 * @param receipt the receipt of {@link Tab#WHY}, null for the newest
 * @param quit whether the user wants out
 */
public record Ui(
    Tab tab,
    int account,
    int scroll,
    String filter,
    boolean editing,
    Overlay overlay,
    @Nullable String receipt,
    boolean quit) {

  /** At the beginning. */
  public static final Ui START = new Ui(Tab.OVERVIEW, 0, 0, "", false, Overlay.NONE, null, false);

  /** What can lie over a page. */
  public enum Overlay {
    NONE,
    /** The keys, explained. */
    HELP,
    /** All accounts at a glance, one of them chosen. */
    ACCOUNTS
  }

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

  /** The same on another account. */
  public Ui at(int other) {
    return account(other);
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
      return new Ui(tab, account, scroll, filter, editing, overlay, receipt, true);
    }
    if (editing) {
      return edit(key);
    }
    return switch (overlay) {
      case NONE -> page(key, reach);
      case HELP -> help(key, reach);
      case ACCOUNTS -> accounts(key, reach);
    };
  }

  /** Scrolling scrolls it; any other key closes it, and does what it does. */
  private Ui help(Key key, Reach reach) {
    boolean scrolls =
        switch (key.kind()) {
          case UP, DOWN, PAGE_UP, PAGE_DOWN, HOME, END -> true;
          case CHARACTER -> "jkgG".indexOf(key.character()) >= 0;
          default -> false;
        };
    if (scrolls) {
      return page(key, reach);
    }
    boolean only = key.kind() == Key.Kind.ESCAPE || key.equals(Key.of('?'));
    Ui closed = over(Overlay.NONE);
    return only ? closed : closed.on(key, reach);
  }

  /** Up and down choose, and what is chosen is shown at once. */
  private Ui accounts(Key key, Reach reach) {
    Ui closed = over(Overlay.NONE);
    return switch (key.kind()) {
      case UP -> account(account - 1);
      case DOWN -> account(account + 1);
      case ENTER, ESCAPE -> closed;
      case CHARACTER ->
          switch (key.character()) {
            case 'k', 'A' -> account(account - 1);
            case 'j', 'a' -> account(account + 1);
            case 's' -> closed;
            default -> closed.on(key, reach);
          };
      default -> closed.on(key, reach);
    };
  }

  private Ui page(Key key, Reach reach) {
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
      case 'q', 'Q' -> new Ui(tab, account, scroll, filter, false, overlay, receipt, true);
      case '?' -> over(Overlay.HELP);
      case 's' -> over(Overlay.ACCOUNTS);
      case '/' -> new Ui(Tab.LOG, account, 0, filter, true, Overlay.NONE, receipt, false);
      case 'a' -> account(account + 1);
      case 'A' -> account(account - 1);
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

  private Ui over(Overlay other) {
    return new Ui(tab, account, 0, filter, false, other, receipt, false);
  }

  private Ui account(int other) {
    return new Ui(tab, other, 0, filter, false, overlay, null, false);
  }

  private Ui filtered(String text, boolean still) {
    return new Ui(tab, account, 0, text, still, Overlay.NONE, receipt, false);
  }

  private Ui show(Tab other) {
    return new Ui(other, account, 0, filter, false, Overlay.NONE, receipt, false);
  }

  private Ui leaf(int step, Reach reach) {
    String other = reach.receipts().beside(receipt, step);
    return new Ui(Tab.WHY, account, 0, filter, false, Overlay.NONE, other, false);
  }

  /** Moves down by that many lines. */
  private Ui scrolled(int down, Reach reach) {
    int step = tab.restsAtEnd() && overlay == Overlay.NONE ? -down : down;
    int from = Math.min(scroll, reach.maxScroll());
    int to = Math.max(0, Math.min(reach.maxScroll(), from + step));
    return new Ui(tab, account, to, filter, false, overlay, receipt, false);
  }
}
