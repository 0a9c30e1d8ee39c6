package dev.riskmanager.trader.view;

import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.StatusView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All a screen is made of: the same model is always the same screen.
 *
 * @param columns width of the terminal
 * @param rows height of the terminal
 * @param glyphs what to draw with
 * @param link the way to the engine
 * @param status the newest picture, null before the first
 * @param now the engine's time as far as known: that of the picture plus what has passed since
 * @param ui what the user has chosen to see
 * @param details what pages show besides
 */
public record Model(
    int columns,
    int rows,
    Glyphs glyphs,
    Link link,
    @Nullable StatusView status,
    Instant now,
    Ui ui,
    Details details) {

  /** The smallest terminal there is a layout for. */
  public static final int MIN_COLUMNS = 80;

  /** The smallest terminal there is a layout for. */
  public static final int MIN_ROWS = 24;

  /**
   * The same with other details.
   *
   * @param other them
   * @return the model
   */
  public Model with(Details other) {
    return new Model(columns, rows, glyphs, link, status, now, ui, other);
  }

  /**
   * How many accounts there are.
   *
   * @return 0 while none is known
   */
  public int accounts() {
    return status == null ? 0 : status.accounts().size();
  }

  /**
   * Which receipt the page why is about.
   *
   * @return its id, null for the newest of all
   */
  public @Nullable String receipt() {
    boolean newest = ui.receipt() == null;
    // The newest of all may be another account's.
    return newest && accounts() > 1 && !details.receipts().isEmpty()
        ? details.receipts().getLast().id()
        : ui.receipt();
  }

  /**
   * The account shown.
   *
   * @return the account, null while none is known
   */
  public @Nullable AccountView account() {
    if (status == null || status.accounts().isEmpty()) {
      return null;
    }
    return status.accounts().get(accountIndex());
  }

  /**
   * Which account is shown.
   *
   * @return its place, from 0; 0 while none is known
   */
  public int accountIndex() {
    int count = status == null ? 0 : status.accounts().size();
    return count == 0 ? 0 : Math.floorMod(ui.account(), count);
  }

  /**
   * The account a trader has to know of first.
   *
   * @return the place of the most severe one, from 0; the first of equals
   */
  public int mostSevere() {
    int place = 0;
    int worst = -1;
    for (int i = 0; i < accounts() && status != null; i++) {
      AccountView account = status.accounts().get(i);
      int severity = 2 * Verdict.of(link, status, account, times()).severity();
      severity += account.locked() ? 1 : 0;
      if (severity > worst) {
        place = i;
        worst = severity;
      }
    }
    return place;
  }

  /**
   * Times in the zone of the reset.
   *
   * @return how to write them
   */
  public Times times() {
    return Times.of(status == null ? null : status.clock());
  }
}
