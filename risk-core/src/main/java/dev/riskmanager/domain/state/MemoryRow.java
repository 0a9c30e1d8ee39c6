package dev.riskmanager.domain.state;

import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.persistent.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One thing an account remembers, as text: an open episode, an acknowledged breach, a number of a
 * rule, or which orders against its lockouts were met. What is not remembered by any other table is
 * in these rows.
 *
 * @param kind {@link #EPISODE}, {@link #ACKNOWLEDGED}, {@link #NUMBER}, {@link #TRIED} or {@link
 *     #CLOSING}
 * @param key unique within account and kind
 * @param value empty when it is forgotten
 */
public record MemoryRow(String kind, String key, Optional<String> value) {
  public static final String EPISODE = "episode";
  public static final String ACKNOWLEDGED = "acknowledged";
  public static final String NUMBER = "number";
  public static final String TRIED = "tried";
  public static final String CLOSING = "closing";

  /** Written once: a count of the whole account. Each lockout has its own in its row. */
  private static final String UNDONE = "undone";

  /** The rows that lead from one state of an account to the next, in a stable order. */
  public static List<MemoryRow> changes(AccountState before, AccountState after) {
    List<MemoryRow> rows = new ArrayList<>();
    difference(
        rows, EPISODE, before.episodes(), after.episodes(), Episode.Key::text, Episode::text);
    difference(
        rows,
        ACKNOWLEDGED,
        before.acknowledged(),
        after.acknowledged(),
        Episode.Key::text,
        Object::toString);
    difference(rows, NUMBER, before.memory(), after.memory(), key -> key, Object::toString);
    difference(
        rows,
        TRIED,
        before.locks().attempts().ways(),
        after.locks().attempts().ways(),
        Attempts.Way::text,
        Tries::text);
    difference(
        rows,
        CLOSING,
        before.locks().attempts().closing(),
        after.locks().attempts().closing(),
        ContractId::value,
        Object::toString);
    return rows;
  }

  private static <K extends Comparable<? super K>, V> void difference(
      List<MemoryRow> rows,
      String kind,
      Table<K, V> before,
      Table<K, V> after,
      Function<K, String> keyText,
      Function<V, String> valueText) {
    if (before == after) {
      return;
    }
    for (int i = 0; i < before.size(); i++) {
      if (!after.containsKey(before.keyAt(i))) {
        rows.add(new MemoryRow(kind, keyText.apply(before.keyAt(i)), Optional.empty()));
      }
    }
    for (int i = 0; i < after.size(); i++) {
      V value = after.valueAt(i);
      if (before.get(after.keyAt(i)).filter(value::equals).isEmpty()) {
        rows.add(
            new MemoryRow(
                kind, keyText.apply(after.keyAt(i)), Optional.of(valueText.apply(value))));
      }
    }
  }

  /**
   * The account with what this row says.
   *
   * @throws IllegalArgumentException when it cannot be read
   */
  AccountState onto(AccountState account) {
    String text = value.orElseThrow(() -> new IllegalArgumentException("no value: " + this));
    return switch (kind) {
      case EPISODE -> {
        Episode.Key id = Episode.Key.parse(key);
        yield account.withEpisodes(account.episodes().with(id, Episode.parse(id, text)));
      }
      case ACKNOWLEDGED ->
          account.withAcknowledged(
              account.acknowledged().with(Episode.Key.parse(key), Long.valueOf(text)));
      case TRIED ->
          tried(
              account, account.locks().attempts().with(Attempts.Way.parse(key), Tries.parse(text)));
      case CLOSING ->
          tried(
              account,
              account.locks().attempts().withClosing(new ContractId(key), Long.parseLong(text)));
      case UNDONE -> account;
      case NUMBER -> account.withMemory(account.memory().with(key, Long.valueOf(text)));
      default -> throw new IllegalArgumentException("unknown kind of memory: " + this);
    };
  }

  /** Of the time before the lockouts that are in force nothing is remembered. */
  private static AccountState tried(AccountState account, Attempts tried) {
    Locks locks = account.locks();
    return locks.active().isEmpty() ? account : account.withLocks(locks.withAttempts(tried));
  }
}
