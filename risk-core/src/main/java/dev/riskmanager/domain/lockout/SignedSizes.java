package dev.riskmanager.domain.lockout;

import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.persistent.Table;

/** Signed contracts by contract as text: {@code CON.F.US.EP.U26=-1;CON.F.US.MNQ.U26=2}. */
public final class SignedSizes {
  private SignedSizes() {}

  /** A text that {@link #parse} reads back; empty for none. */
  public static <K extends Comparable<? super K>> String text(Table<K, Long> sizes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sizes.size(); i++) {
      text.append(i == 0 ? "" : ";").append(sizes.keyAt(i)).append('=').append(sizes.valueAt(i));
    }
    return text.toString();
  }

  /**
   * The sizes of a {@link #text}.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static Table<ContractId, Long> parse(String text) {
    Table<String, Long> named = parseNamed(text);
    Table<ContractId, Long> sizes = Table.empty();
    for (int i = 0; i < named.size(); i++) {
      sizes = sizes.with(new ContractId(named.keyAt(i)), named.valueAt(i));
    }
    return sizes;
  }

  /**
   * The same, with the names as they stand.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static Table<String, Long> parseNamed(String text) {
    Table<String, Long> sizes = Table.empty();
    int from = 0;
    while (from < text.length()) {
      int semicolon = text.indexOf(';', from);
      int end = semicolon < 0 ? text.length() : semicolon;
      int equals = text.indexOf('=', from);
      if (equals <= from || equals > end) {
        throw new IllegalArgumentException("not contracts with their sizes: " + text);
      }
      sizes =
          sizes.with(text.substring(from, equals), Long.parseLong(text.substring(equals + 1, end)));
      from = end + 1;
    }
    return sizes;
  }
}
