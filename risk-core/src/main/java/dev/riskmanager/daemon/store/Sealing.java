package dev.riskmanager.daemon.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives the rows that are written their keyed hashes, and keeps the sum of all (ADR 0015). */
final class Sealing {
  private static final String READ = "SELECT value FROM store_state WHERE key = ?";

  private final Statements statements;
  private final RowHash hash;
  private Seal written = Seal.EMPTY; // as it is committed
  private Seal seal = Seal.EMPTY; // with what this transaction did

  Sealing(Statements statements, SealKey key) throws SQLException {
    this.statements = statements;
    this.hash = new RowHash(key);
    reread();
  }

  /** What is committed counts again; to be called after a rollback. */
  void reread() throws SQLException {
    try (ResultSet row = statements.query(READ, Seal.KEY)) {
      written = row.next() ? Seal.parse(row.getString(1), hash).orElse(Seal.EMPTY) : Seal.EMPTY;
    }
    seal = written;
  }

  /**
   * Writes a whole row.
   *
   * @param values all columns in their order, without the hash
   * @return how many rows were written: 0 when the statement leaves an existing one alone
   */
  int write(SealedTable table, Sql sql, @Nullable Object... values) throws SQLException {
    String before = sealOf(table, Arrays.copyOf(values, table.keys()));
    String after = hash.of(table.text(), values);
    @Nullable Object[] all = Arrays.copyOf(values, values.length + 1);
    all[values.length] = after;
    int rows = statements.run(sql, all);
    if (rows > 0) {
      replace(before, after);
    }
    return rows;
  }

  /** Takes a row into account that other statements have written. */
  void refresh(SealedTable table, Object... key) throws SQLException {
    @Nullable Object[] values = new @Nullable Object[0];
    String before = null;
    try (ResultSet row = statements.query(table.readOne(), key)) {
      if (!row.next()) {
        return;
      }
      values = values(table, row);
      before = row.getString(table.width() + 1);
    }
    String after = hash.of(table.text(), values);
    if (!after.equals(before)) {
      writeSeal(table, after, key);
      replace(before, after);
    }
  }

  /** Removes a row; the statement takes its key. */
  void remove(SealedTable table, String sql, @Nullable Object... key) throws SQLException {
    String before = sealOf(table, key);
    if (statements.run(sql, key) > 0 && before != null) {
      seal = seal.minus(before);
    }
  }

  /** Removes the rows that a statement names, which gives back their hashes. */
  int removeAll(Sql sql, @Nullable Object... values) throws SQLException {
    int removed = 0;
    try (ResultSet rows = statements.query(sql, values)) {
      while (rows.next()) {
        removed++;
        String before = rows.getString(1);
        seal = before == null ? seal : seal.minus(before);
      }
    }
    return removed;
  }

  /** Writes the sum, when something has changed; the last thing before a commit. */
  void write(AuditHead head) throws SQLException {
    seal = seal.at(head);
    if (!seal.equals(written)) {
      statements.run(Sql.NOTE, Seal.KEY, seal.text(hash));
    }
  }

  /** What was written is on the disk. */
  void committed() {
    written = seal;
  }

  /** Gives every row the hash of what it holds now. */
  void sealAll() throws SQLException {
    seal = Seal.EMPTY;
    for (SealedTable table : SealedTable.values()) {
      sealAll(table);
    }
  }

  private record Unsealed(@Nullable Object[] key, String hash) {}

  private void sealAll(SealedTable table) throws SQLException {
    List<Unsealed> unsealed = new ArrayList<>();
    try (ResultSet rows = statements.query(table.readAll())) {
      while (rows.next()) {
        @Nullable Object[] values = values(table, rows);
        String after = hash.of(table.text(), values);
        seal = seal.plus(after);
        if (!after.equals(rows.getString(table.width() + 1))) {
          unsealed.add(new Unsealed(Arrays.copyOf(values, table.keys()), after));
        }
      }
    }
    for (Unsealed row : unsealed) {
      writeSeal(table, row.hash(), row.key());
    }
  }

  private void writeSeal(SealedTable table, String after, @Nullable Object... key)
      throws SQLException {
    @Nullable Object[] values = new @Nullable Object[key.length + 1];
    values[0] = after;
    System.arraycopy(key, 0, values, 1, key.length);
    statements.run(table.writeSeal(), values);
  }

  private @Nullable String sealOf(SealedTable table, @Nullable Object... key) throws SQLException {
    try (ResultSet row = statements.query(table.readSeal(), key)) {
      return row.next() ? row.getString(1) : null;
    }
  }

  private void replace(@Nullable String before, String after) {
    seal = (before == null ? seal : seal.minus(before)).plus(after);
  }

  /** The columns that a hash covers, as they stand in the row. */
  static @Nullable Object[] values(SealedTable table, ResultSet row) throws SQLException {
    @Nullable Object[] values = new @Nullable Object[table.width()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.getObject(i + 1);
    }
    return values;
  }
}
