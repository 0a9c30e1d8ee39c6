package dev.riskmanager.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code accounts.list}.
 *
 * @param accounts monitored accounts first, then the venue's others
 */
public record AccountsView(List<Entry> accounts) {

  public AccountsView {
    accounts = Lists.copy(accounts);
  }

  /**
   * An account of the login.
   *
   * @param accountId the venue's number
   * @param name its display name
   * @param monitored whether the engine watches it
   * @param canTrade what the venue says, null when it has not said
   * @param notProtected why it is watched and yet cannot be protected, null when it can
   */
  public record Entry(
      long accountId,
      String name,
      boolean monitored,
      @Nullable Boolean canTrade,
      @Nullable String notProtected) {}
}
