package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Looks into the database of a running engine from outside, over a connection of its own: what it
 * sees is committed.
 */
public final class LockWitness {
  private LockWitness() {}

  /**
   * How many lockouts are in force there.
   *
   * @param database read only; not a byte of it or of its log is changed
   * @throws StoreException when it cannot be read
   */
  public static int lockoutsInForce(Path database) throws StoreException {
    try (Connection connection = Connections.reader(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM lockouts WHERE active = 1")) {
      return row.next() ? row.getInt(1) : 0;
    } catch (SQLException e) {
      throw new StoreException(database + " cannot be read: " + e.getMessage(), e);
    }
  }
}
