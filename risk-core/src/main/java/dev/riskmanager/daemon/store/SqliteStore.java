package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.lockout.LockoutType;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Trade;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The books in one SQLite file with a write-ahead log: a commit is one write to the log and one
 * force of it, and returns after both.
 *
 * <p>Take the {@link InstanceLock} first: two engines on one file would each be sure of their own
 * lockouts. Any thread may call anything; commits are written one after the other, and reading,
 * {@link #maintain} and {@link #backup} do not hold them up. No clock is read here.
 */
public final class SqliteStore implements Store {
  /** Commits after which the log is copied back into the file; each is a handful of pages. */
  private static final int WORTH_A_CHECKPOINT = 50;

  /** Rows removed in one go, so that a commit waits a few milliseconds for it at most. */
  private static final int PRUNED_AT_ONCE = 500;

  private final StoreSettings settings;
  private final StoreErrors errors;
  private final Instant openedAt;
  private final InstantSource clock;
  private final boolean created;
  private final DatabaseFile file;
  private final @Nullable Object identity;
  private final Backups backups;
  private final WholeCheck whole;
  private final Rows rows;
  private final BooksReader reader;
  private final WriterSeat seat;
  private final SealKey key;
  private final ReentrantLock keeping = new ReentrantLock();
  private final Connection keeper; // guarded by keeping
  private final AtomicInteger sinceCheckpoint = new AtomicInteger();
  private volatile @Nullable AuditReader audit; // null where nobody asked for it
  private volatile @Nullable AuditMirror mirror; // null where the audit is kept in the books alone

  private SqliteStore(
      DatabaseFile file,
      boolean created,
      InstantSource clock,
      StoreSettings settings,
      StoreErrors errors,
      Connection keeper,
      Rows rows,
      SealKey key)
      throws StoreException {
    this.file = file;
    this.created = created;
    this.clock = clock;
    this.openedAt = clock.instant();
    this.settings = settings;
    this.errors = errors;
    this.keeper = keeper;
    this.rows = rows;
    this.reader = new BooksReader(rows);
    this.key = key;
    this.seat = new WriterSeat(settings, errors, clock, key);
    this.backups = new Backups(settings, errors);
    this.identity = file.identity();
    this.whole = new WholeCheck(settings, errors, rows, key);
  }

  /**
   * Opens the books, or creates them where there are none. What is there and cannot be right is
   * refused and left untouched.
   *
   * @param now the time of the start: {@link #restore} reaches back from it
   * @throws StoreException one line: the file, what is wrong with it, what to do
   */
  public static SqliteStore open(StoreSettings settings, Instant now) throws StoreException {
    return open(settings, now, Migrations.shipped());
  }

  static SqliteStore open(StoreSettings settings, Instant now, Migrations migrations)
      throws StoreException {
    InstantSource clock = InstantSource.fixed(now);
    StoreErrors errors = new StoreErrors(settings);
    DatabaseFile file = new DatabaseFile(settings, errors, migrations);
    boolean created = file.prepare(now);
    SqliteStore store =
        connect(file, created, file.inspect(), settings, clock, migrations, SealKey.NONE);
    boolean begun = false;
    try {
      store.beginChain();
      begun = true;
      return store;
    } finally {
      if (!begun) {
        store.close();
      }
    }
  }

  /**
   * Opens a file that was inspected.
   *
   * @param version how many migrations it has
   * @param key of the rows' hashes
   */
  static SqliteStore connect(
      DatabaseFile file,
      boolean created,
      int version,
      StoreSettings settings,
      InstantSource clock,
      Migrations migrations,
      SealKey key)
      throws StoreException {
    StoreErrors errors = new StoreErrors(settings);
    Path path = settings.database();
    List<AutoCloseable> opened = new ArrayList<>();
    try {
      try (Connection connection = Connections.writer(path, settings.synchronous())) {
        migrations.apply(connection, version, clock.instant());
      }
      Connection keeper = Connections.keeper(path);
      opened.add(keeper);
      Rows rows = new Rows(Connections.reader(path), errors);
      opened.add(rows);
      SqliteStore store =
          new SqliteStore(file, created, clock, settings, errors, keeper, rows, key);
      opened.add(store);
      store.prove();
      opened.clear();
      return store;
    } catch (SQLException e) {
      throw errors.of("opened", e);
    } finally {
      opened.reversed().forEach(SqliteStore::closeQuietly);
    }
  }

  /**
   * Writes before it matters: a lockout that is taken back, and a row of our own that stays. A disk
   * that takes nothing shows now and not at the first breach; the code is loaded by then, and the
   * header of the log is written.
   */
  private void prove() throws StoreException {
    Lockout rehearsed =
        new Lockout(
            Long.MAX_VALUE,
            new AccountId(Long.MIN_VALUE),
            RuleId.MANUAL,
            Optional.empty(),
            LockoutType.MANUAL,
            "rehearsal",
            openedAt,
            Optional.of(openedAt),
            Baseline.ZERO,
            LocalDate.EPOCH);
    seat.write(
        books -> {
          books.rehearse(List.of(new LockoutSaved(rehearsed)));
          books.note(WholeCheck.OPENED, SqlText.of(openedAt));
          return 1;
        });
  }

  /** The first record of a chain: with it, what is in force already. */
  private void beginChain() throws StoreException {
    recover(List.of(), AuditHead.NONE, List.of(), List.of(), !checkSeals().sealed());
  }

  /**
   * Takes up records that are in {@code audit.log} and not here, and writes the changes after them.
   * A chain that has no record yet begins here.
   *
   * @param head what the next record follows, when the books have no newer one
   * @param discarded rows that are not to be believed and that the venue tells anew
   * @param seal whether every row gets the hash of what it then holds
   */
  void recover(
      List<AuditRecord> records,
      AuditHead head,
      List<Change> changes,
      List<SealCheck.Changed> discarded,
      boolean seal)
      throws StoreException {
    seat.write(
        books -> {
          books.recover(records, head, changes, discarded, seal);
          return 1;
        });
  }

  /** Whether the rows are as they were written. */
  SealCheck checkSeals() throws StoreException {
    try (Connection connection = Connections.reader(settings.database())) {
      return SealCheck.of(connection, key);
    } catch (SQLException e) {
      throw errors.of("read", e);
    }
  }

  /** Every id a lockout in the books has. */
  List<Long> lockoutIds() throws StoreException {
    return rows.list("lockouts", "SELECT id FROM lockouts", row -> row.number(1));
  }

  /** Something that is closed with the books. */
  void attach(AuditReader newAudit) {
    audit = newAudit;
  }

  /** From now on what is committed is brought to the log and the marker. */
  void mirrorBy(AuditMirror newMirror) {
    mirror = newMirror;
    newMirror.start();
  }

  /** The newest records of the audit, newest last. */
  public List<AuditRow> auditTail(int most) throws StoreException {
    return auditReader().tail(most).stream().map(AuditRow::of).toList();
  }

  /** Looks through the whole audit, in the database, in the log and in the marker. */
  public AuditVerification verifyAudit() throws StoreException {
    AuditMirror current = mirror;
    if (current == null) {
      throw new StoreException("the audit is kept in the database alone");
    }
    AuditVerification chain = current.verify();
    Optional<String> rowsChanged = chain.valid() ? checkSeals().trouble() : Optional.empty();
    return rowsChanged.isEmpty()
        ? chain
        : new AuditVerification(false, chain.records(), OptionalLong.empty(), rowsChanged.get());
  }

  private AuditReader auditReader() throws StoreException {
    AuditReader current = audit;
    if (current == null) {
      throw new StoreException(settings.database() + " was opened without its audit");
    }
    return current;
  }

  /** Why {@code audit.log} or its marker is behind the database; empty when neither is. */
  public String auditTrouble() {
    AuditMirror current = mirror;
    return current == null ? "" : current.trouble();
  }

  /** Whether there were no books and these are new: nothing is known of earlier lockouts. */
  public boolean wasCreated() {
    return created;
  }

  @Override
  public void commit(List<Change> changes) throws StoreException {
    if (changes.isEmpty()) {
      return;
    }
    seat.write(
        books -> {
          books.commit(changes);
          return changes.size();
        });
    sinceCheckpoint.incrementAndGet();
    AuditMirror current = mirror;
    if (current != null) {
      current.wake();
    }
  }

  @Override
  public Restored restore() throws StoreException {
    return reader.restore(openedAt);
  }

  @Override
  public List<LockoutRow> lockoutHistory(int limit) throws StoreException {
    return reader.lockoutHistory(limit);
  }

  @Override
  public List<LogRow> log(int tail, Optional<RuleId> rule, OptionalLong before)
      throws StoreException {
    return reader.log(tail, rule, before);
  }

  @Override
  public List<ReceiptRow> receipts(int tail, Optional<AccountId> account) throws StoreException {
    return reader.receipts(tail, account);
  }

  @Override
  public Optional<ReceiptRow> receipt(Optional<String> id) throws StoreException {
    return reader.receipt(id);
  }

  @Override
  public List<Trade> trades(AccountId account, Instant from) throws StoreException {
    return reader.trades(account, from);
  }

  /**
   * Copies the log back into the file when enough has gathered, beside the commits. To be called
   * every second or so from a thread that writes nothing; cheap when there is nothing to do.
   *
   * @throws StoreException also when the file was removed or exchanged under the running engine
   */
  public void maintain(Instant now) throws StoreException {
    whole.requireSound();
    if (!Objects.equals(identity, file.identity())) {
      throw new StoreException(
          settings.database()
              + " was exchanged while the engine runs: what is written now is lost when it stops."
              + " Do not stop it; make a backup, then restart and put the backup in place");
    }
    if (sinceCheckpoint.get() < WORTH_A_CHECKPOINT) {
      return;
    }
    try {
      if (checkpoint()) {
        // The first commit into an emptied log pays for its header too: that is ours, not a
        // lockout's.
        seat.writeIfFree(
            books -> {
              books.note("maintained_at", SqlText.of(now));
              return 1;
            });
      }
    } catch (SQLException e) {
      throw errors.of("tidied", e);
    }
  }

  /** Returns whether all of the log is in the file now. */
  private boolean checkpoint() throws SQLException {
    keeping.lock();
    try (Statement statement = keeper.createStatement()) {
      sinceCheckpoint.set(0);
      try (ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
        return row.next() && row.getInt(1) == 0 && row.getInt(2) == row.getInt(3);
      }
    } finally {
      keeping.unlock();
    }
  }

  /** Whether SQLite's full integrity check is due: once a day, and after a kill. */
  public boolean isCheckDue(Instant now) {
    return whole.isDue(now);
  }

  /**
   * Makes it, beside the commits; takes as long as reading the file.
   *
   * @throws StoreException what is damaged, and what to do; {@link #maintain} repeats it
   */
  public void check(Instant now) throws StoreException {
    whole.run(now);
    seat.write(
        books -> {
          books.note(WholeCheck.CHECKED, SqlText.of(now));
          return 1;
        });
  }

  /** Whether the copy of that day (UTC) is still to be made. */
  public boolean isBackupDue(Instant now) {
    return Files.notExists(backups.fileOf(now));
  }

  /**
   * Makes the copy of that day, replacing one of the same day, and removes the oldest beyond those
   * to be kept. Takes as long as copying the file; commits go on, readers of history wait.
   *
   * @return the copy
   */
  public Path backup(Instant now) throws StoreException {
    return rows.exclusively(connection -> backups.make(connection, now));
  }

  /**
   * Removes log lines, receipts and trades from before that time. Lockouts, the audit and the daily
   * sums stay for ever.
   *
   * @return how many rows
   */
  public int prune(Instant before) throws StoreException {
    int all = 0;
    int removed;
    do {
      removed = seat.write(books -> books.prune(SqlText.of(before), PRUNED_AT_ONCE));
      all += removed;
    } while (removed > 0);
    return all;
  }

  /** Closes the files; waits two seconds at most for a commit that the disk does not answer. */
  @Override
  public void close() {
    seat.closeWith(books -> books.note(WholeCheck.CLOSED, SqlText.of(clock.instant())));
    AuditMirror current = mirror;
    if (current != null) {
      current.close();
    }
    AuditReader read = audit;
    if (read != null) {
      closeQuietly(read);
    }
    closeQuietly(rows);
    closeQuietly(keeper);
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception _) {
      // What was committed is on the disk; the rest is recovered or rolled back at the next start.
    }
  }
}
