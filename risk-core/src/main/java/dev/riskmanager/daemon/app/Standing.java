package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.model.AccountId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * On which accounts the venue takes nothing from us for what they are (a follower, a live account):
 * they are NOT PROTECTED, with or without a position, until it takes a close or a cancel after all.
 * Kept in the database, so that a restart does not make them look protected.
 */
final class Standing {
  private static final String ROW = "not_protected.";
  private static final String PART = "refuses";
  private static final Map<String, String> KINDS =
      Map.of("closeContract", "close", "partialCloseContract", "close", "cancelOrder", "cancel");

  /** Whether the account is known at all is told by the venue's list (ADR 0022), not by this. */
  private static final String UNKNOWN = "AccountNotFound";

  private final Health health;
  private final Consumer<List<Store.Change>> rows;
  private final Map<AccountId, String> texts = new TreeMap<>();

  /** What each account refuses; who takes closes need not take cancels. */
  private final Map<AccountId, Set<String>> kinds = new TreeMap<>();

  Standing(Health health, Consumer<List<Store.Change>> rows) {
    this.health = health;
    this.rows = rows;
  }

  synchronized void restore(List<Store.MetaSaved> kept) {
    for (Store.MetaSaved row : kept) {
      if (row.key().startsWith(ROW) && !row.value().isEmpty()) {
        AccountId account = new AccountId(Long.parseLong(row.key().substring(ROW.length())));
        texts.put(account, row.value());
        show(account, row.value());
      }
    }
  }

  /**
   * The venue has refused for what the account is.
   *
   * @return whether it does still: an alarm is told anew until flat is proven, also when a close
   *     has been taken meanwhile
   */
  synchronized boolean refused(AccountId account, String what) {
    if (kinds.getOrDefault(account, Set.of()).isEmpty()) {
      return false;
    }
    if (texts.put(account, what) == null) {
      rows.accept(List.of(new Store.MetaSaved(ROW + account, what)));
    }
    show(account, what);
    return true;
  }

  private void show(AccountId account, String what) {
    health.notProtected(account, PART, "NOT PROTECTED: account " + account + ": " + what);
  }

  /** A request has been answered; one that changed something shows that the account can be. */
  synchronized void answered(AccountId account, String operation, VenueReply<?> reply) {
    String kind = KINDS.get(operation);
    if (kind == null) {
      return;
    }
    Set<String> open = kinds.computeIfAbsent(account, id -> new TreeSet<>());
    if (reply instanceof VenueReply.Refused<?> no && no.permanent() && !no.name().equals(UNKNOWN)) {
      open.add(kind);
    } else if (reply instanceof VenueReply.Done<?>) {
      open.remove(kind);
      if (open.isEmpty() && texts.remove(account) != null) {
        health.notProtected(account, PART, "");
        rows.accept(List.of(new Store.MetaSaved(ROW + account, "")));
      }
    }
  }
}
