package dev.riskmanager.daemon.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statements of the writing connection, each prepared once. */
final class Statements {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  /** Prepares those that a commit may need, so that none of them pays for it. */
  Statements(Connection connection) throws SQLException {
    this.connection = connection;
    for (Sql sql : Sql.values()) {
      prepared(sql.text());
    }
    for (SealedTable table : SealedTable.values()) {
      prepared(table.readSeal());
    }
  }

  /** Runs one and returns how many rows it wrote. */
  int run(Sql sql, @Nullable Object... values) throws SQLException {
    return run(sql.text(), values);
  }

  int run(String sql, @Nullable Object... values) throws SQLException {
    return bind(sql, values).executeUpdate();
  }

  /** Runs one that gives rows; to be closed by the caller. */
  ResultSet query(Sql sql, @Nullable Object... values) throws SQLException {
    return query(sql.text(), values);
  }

  ResultSet query(String sql, @Nullable Object... values) throws SQLException {
    return bind(sql, values).executeQuery();
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    return statement;
  }

  private PreparedStatement bind(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepared(sql);
    for (int i = 0; i < values.length; i++) {
      switch (values[i]) {
        case null -> statement.setNull(i + 1, Types.NULL);
        case Long number -> statement.setLong(i + 1, number);
        case Integer number -> statement.setInt(i + 1, number);
        case String text -> statement.setString(i + 1, text);
        default -> throw new IllegalArgumentException("not a column's value: " + values[i]);
      }
    }
    return statement;
  }
}
