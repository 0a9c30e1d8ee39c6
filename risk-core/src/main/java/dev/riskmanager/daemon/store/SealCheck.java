package dev.riskmanager.daemon.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether every row is as the engine wrote it, and whether all of them are there (ADR 0015).
 *
 * @param sealed whether the database carries hashes at all
 * @param changed the rows whose hash does not fit, or is missing
 * @param trouble what is wrong; empty when nothing is
 */
record SealCheck(boolean sealed, List<Changed> changed, Optional<String> trouble) {
  private static final int NAMED = 5;

  /**
   * A row that is not as it was written.
   *
   * @param values the columns, the key first
   */
  record Changed(SealedTable table, List<String> values) {
    /** Its table and key. */
    String text() {
      return table.text() + " " + String.join(" ", values.subList(0, table.keys()));
    }

    /** All of it. */
    String all() {
      return table.text() + " (" + String.join(", ", values) + ")";
    }
  }

  /** Looks at all rows, as they are at one moment. */
  static SealCheck of(Connection reader, SealKey key) throws SQLException {
    boolean automatic = reader.getAutoCommit();
    reader.setAutoCommit(false);
    try {
      return look(reader, new RowHash(key));
    } finally {
      reader.rollback();
      reader.setAutoCommit(automatic);
    }
  }

  private static SealCheck look(Connection reader, RowHash hash) throws SQLException {
    Optional<String> text = Optional.empty();
    try (PreparedStatement statement =
        reader.prepareStatement("SELECT value FROM store_state WHERE key = ?")) {
      statement.setString(1, Seal.KEY);
      try (ResultSet row = statement.executeQuery()) {
        text = row.next() ? Optional.ofNullable(row.getString(1)) : text;
      }
    }
    AuditHead head = AuditHead.NONE;
    try (PreparedStatement statement = reader.prepareStatement(Sql.AUDIT_HEAD.text());
        ResultSet row = statement.executeQuery()) {
      head = row.next() ? new AuditHead(row.getLong(1), row.getString(2)) : head;
    }
    List<Changed> changed = new ArrayList<>();
    Seal found = Seal.EMPTY.at(head);
    boolean any = text.isPresent();
    for (SealedTable table : SealedTable.values()) {
      try (PreparedStatement statement = reader.prepareStatement(table.readAll());
          ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          @Nullable Object[] values = Sealing.values(table, rows);
          String stored = rows.getString(table.width() + 1);
          any |= stored != null;
          found = stored == null ? found : found.plus(stored);
          if (!hash.of(table.text(), values).equals(stored)) {
            changed.add(changed(table, values));
          }
        }
      }
    }
    Optional<Seal> said = text.flatMap(t -> Seal.parse(t, hash));
    return new SealCheck(any, List.copyOf(changed), trouble(changed, found, said));
  }

  private static Changed changed(SealedTable table, @Nullable Object[] values) {
    return new Changed(table, Arrays.stream(values).map(String::valueOf).toList());
  }

  private static Optional<String> trouble(List<Changed> changed, Seal found, Optional<Seal> said) {
    if (!changed.isEmpty()) {
      return Optional.of(
          "rows of the database were changed by hand: "
              + changed.stream().limit(NAMED).map(Changed::text).collect(Collectors.joining(", "))
              + (changed.size() > NAMED ? " and " + (changed.size() - NAMED) + " more" : ""));
    }
    if (said.isEmpty()) {
      return Optional.of("the sum of the rows' hashes was changed or taken out by hand");
    }
    if (found.rows() != said.get().rows()) {
      return Optional.of(
          "rows of the database were "
              + (found.rows() < said.get().rows() ? "taken out" : "put in")
              + " by hand: there are "
              + found.rows()
              + ", and "
              + said.get().rows()
              + " were written");
    }
    if (!found.equals(said.get())) {
      return Optional.of("rows of the database were put back by hand to what they were before");
    }
    return Optional.empty();
  }
}
