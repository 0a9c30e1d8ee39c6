package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store.StoreException;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Price;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The reading connection: whole lists of rows, each value checked. A row that cannot be what we
 * wrote is an error that names it, never skipped: it could be the lockout.
 *
 * <p>Safe for many threads; one reads at a time.
 */
final class Rows implements AutoCloseable {
  private final Connection connection;
  private final StoreErrors errors;
  private final ReentrantLock lock = new ReentrantLock();

  Rows(Connection connection, StoreErrors errors) {
    this.connection = connection;
    this.errors = errors;
  }

  /** Makes something of one row. */
  interface Mapper<T> {
    /** Throws IllegalArgumentException, Arithmetic- or DateTimeException when a value is wrong. */
    T map(Row row) throws SQLException;
  }

  /**
   * Reads all rows of a query.
   *
   * @param what the rows are, for the error
   * @param arguments Long or String, for the question marks
   */
  <T> List<T> list(String what, String sql, Mapper<T> mapper, Object... arguments)
      throws StoreException {
    lock.lock();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<T> found = new ArrayList<>();
        Row row = new Row(rows);
        while (rows.next()) {
          found.add(map(what, mapper, row));
        }
        return found;
      }
    } catch (SQLException e) {
      throw errors.of("read", e);
    } finally {
      lock.unlock();
    }
  }

  private <T> T map(String what, Mapper<T> mapper, Row row) throws SQLException, StoreException {
    try {
      return mapper.map(row);
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      String first = row.rows.getString(1);
      throw errors.damaged("the row " + first + " of " + what + ": " + e.getMessage(), e);
    }
  }

  /** Uses the connection for something else while nobody reads. */
  <T> T exclusively(Use<T> use) throws StoreException {
    lock.lock();
    try {
      return use.with(connection);
    } finally {
      lock.unlock();
    }
  }

  /** What is done with the connection. */
  interface Use<T> {
    T with(Connection connection) throws StoreException;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** The row the query stands at; columns are counted from 1. */
  static final class Row {
    private final ResultSet rows;

    Row(ResultSet rows) {
      this.rows = rows;
    }

    String text(int column) throws SQLException {
      String text = rows.getString(column);
      if (text == null) {
        throw new IllegalArgumentException("column " + column + " is empty");
      }
      return text;
    }

    Optional<String> optionalText(int column) throws SQLException {
      return Optional.ofNullable(rows.getString(column));
    }

    long number(int column) throws SQLException {
      // SQLite would give 0 for a text, which is a number like any other.
      return Long.parseLong(text(column));
    }

    AccountId account(int column) throws SQLException {
      return new AccountId(number(column));
    }

    Instant time(int column) throws SQLException {
      return SqlText.instant(text(column));
    }

    Optional<Instant> optionalTime(int column) throws SQLException {
      return optionalText(column).map(SqlText::instant);
    }

    LocalDate date(int column) throws SQLException {
      return LocalDate.parse(text(column));
    }

    Money money(int column) throws SQLException {
      return SqlText.money(text(column));
    }

    Optional<Money> optionalMoney(int column) throws SQLException {
      return optionalText(column).map(SqlText::money);
    }

    Price price(int column) throws SQLException {
      return SqlText.price(text(column));
    }
  }
}
