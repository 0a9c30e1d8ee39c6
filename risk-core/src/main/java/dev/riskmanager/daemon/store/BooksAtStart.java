package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store.AuditAppended;
import dev.riskmanager.daemon.port.Store.Change;
import dev.riskmanager.daemon.port.Store.Restored;
import dev.riskmanager.daemon.port.Store.StoreException;
import dev.riskmanager.daemon.store.StartJudgement.Verdict;
import dev.riskmanager.domain.lockout.Lockout;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Opens the books for an engine that starts, whatever became of the file meanwhile (ADR 0009): a
 * database that is missing, damaged, older than the audit or another's is not trusted and does not
 * keep the engine from protecting. What stands there is kept, the newest sound backup or new books
 * take its place, and the lockouts are rebuilt from {@code audit.log}. The same for rows that are
 * not as the engine wrote them (ADR 0015).
 */
public final class BooksAtStart {
  /** Action of the record that the accounts are held, written with the hold of the last one. */
  public static final String HELD = "BOOKS_HELD";

  private static final String DISTRUSTED = "BOOKS_DISTRUSTED";

  private final StoreSettings settings;
  private final InstantSource clock;
  private final boolean ranBefore;
  private final Migrations migrations = Migrations.shipped();
  private final StoreErrors errors;
  private final DatabaseFile file;
  private final Replacement replacement;
  private final AuditLog log;
  private final Marker marker;
  private final SealsAtStart seals;

  private BooksAtStart(
      StoreSettings settings, AuditFiles audit, InstantSource clock, boolean ranBefore)
      throws StoreException {
    this.settings = settings;
    this.clock = clock;
    this.seals = SealsAtStart.begin(audit.key());
    this.ranBefore = ranBefore || seals.tellsOfEarlierRun();
    this.errors = new StoreErrors(settings);
    this.file = new DatabaseFile(settings, errors, migrations);
    this.replacement = new Replacement(settings, errors, migrations);
    this.log = new AuditLog(audit.logs());
    this.marker = new Marker(audit.marker());
  }

  /**
   * The books as they were opened.
   *
   * @param restored what was in force
   * @param findings what was found and done, a line each; empty when all is as it should be
   * @param distrusted why accounts are to be held until an admin has looked; empty when they are
   *     not
   * @param rebuilt how many lockouts were put back from the audit
   */
  public record Opened(
      SqliteStore store,
      Restored restored,
      List<String> findings,
      Optional<String> distrusted,
      int rebuilt) {}

  /**
   * Opens them.
   *
   * @param ranBefore whether something else tells that this home has had a database
   * @throws StoreException when the disk does not let it, or the file is of a newer version
   */
  public static Opened open(
      StoreSettings settings, AuditFiles audit, InstantSource clock, boolean ranBefore)
      throws StoreException {
    return new BooksAtStart(settings, audit, clock, ranBefore).open();
  }

  private Opened open() throws StoreException {
    Evidence evidence = Evidence.read(log, marker);
    Looked looked = look(evidence);
    StartJudgement judgement = StartJudgement.of(looked.found(), evidence);
    try {
      return open(evidence, judgement, looked.version());
    } catch (StoreException e) {
      // A damage that only reading the rows brings to light.
      if (!e.isDamage() || judgement.verdict().needsAnother()) {
        throw e;
      }
      StartJudgement damaged =
          StartJudgement.of(
              new StartJudgement.Unreadable(String.valueOf(e.getMessage())), evidence);
      return open(evidence, damaged, 0);
    }
  }

  private record Looked(StartJudgement.Found found, int version) {}

  private Looked look(Evidence evidence) throws StoreException {
    if (replacement.isAbsent()) {
      boolean before = ranBefore || Backups.newest(settings.backups()).isPresent();
      return new Looked(new StartJudgement.Absent(before), 0);
    }
    try {
      file.prepare(clock.instant());
      int version = file.inspect();
      return new Looked(sound(version, evidence), version);
    } catch (StoreException e) {
      if (!e.isDamage()) {
        throw e;
      }
      return new Looked(new StartJudgement.Unreadable(String.valueOf(e.getMessage())), 0);
    }
  }

  private StartJudgement.Sound sound(int version, Evidence evidence) throws StoreException {
    if (version < Migrations.CHAINED) {
      return new StartJudgement.Sound(
          false, AuditHead.NONE, Optional.empty(), Optional.empty(), Optional.empty());
    }
    try (AuditReader reader = AuditReader.open(settings.database(), errors)) {
      AuditHead head = reader.head();
      return new StartJudgement.Sound(
          true,
          head,
          hashAt(reader, evidence.log()),
          hashAt(reader, evidence.marker()),
          evidence.newest().seq() > head.seq() ? inLog(head.seq()) : Optional.empty());
    } catch (SQLException e) {
      throw errors.of("read", e);
    }
  }

  private static Optional<String> hashAt(AuditReader reader, Optional<AuditHead> witness)
      throws StoreException {
    return witness.isEmpty()
        ? Optional.empty()
        : reader.at(witness.get().seq()).filter(AuditRecord::isSound).map(AuditRecord::hash);
  }

  private Optional<String> inLog(long seq) {
    return lines().stream()
        .filter(AuditLog.Line::isSound)
        .flatMap(line -> line.record().stream())
        .filter(record -> record.seq() == seq)
        .map(AuditRecord::hash)
        .findFirst();
  }

  private List<AuditLog.Line> lines() {
    try {
      return log.read();
    } catch (IOException _) {
      return List.of(); // What can be read of it has been told as evidence.
    }
  }

  private Opened open(Evidence evidence, StartJudgement judgement, int version)
      throws StoreException {
    List<String> findings = new ArrayList<>(evidence.troubles());
    List<String> changed = changedLines();
    Verdict verdict = judgement.verdict();
    int known = version;
    if (verdict.needsAnother()) {
      findings.addAll(replacement.make(lines(), clock.instant()));
    }
    boolean created = file.prepare(clock.instant());
    if (verdict.needsAnother() || created) {
      known = file.inspect();
    }
    SqliteStore store =
        SqliteStore.connect(file, created, known, settings, clock, migrations, seals.key());
    boolean opened = false;
    try {
      AuditReader reader = AuditReader.open(settings.database(), errors);
      store.attach(reader);
      Restored found = store.restore();
      Repaired repaired = repair(store, found, reader, evidence, judgement, changed, findings);
      seals.confirm(clock.instant());
      mirror(store, reader, judgement, changed, findings);
      Restored restored = repaired.wrote() ? store.restore() : found;
      opened = true;
      return new Opened(
          store, restored, List.copyOf(findings), repaired.distrusted(), repaired.rebuilt());
    } catch (SQLException e) {
      throw errors.of("opened", e);
    } finally {
      if (!opened) {
        store.close();
      }
    }
  }

  /**
   * What became of it.
   *
   * @param distrusted why accounts are to be held; empty when they are not
   * @param wrote whether the rows are not any more what they were
   * @param rebuilt how many lockouts were put back
   */
  private record Repaired(Optional<String> distrusted, boolean wrote, int rebuilt) {}

  /**
   * Takes up what the log has and the database has not, and makes the table of lockouts what the
   * audit says, in one transaction.
   *
   * @param rows as they stand
   */
  private Repaired repair(
      SqliteStore store,
      Restored rows,
      AuditReader reader,
      Evidence evidence,
      StartJudgement judgement,
      List<String> changed,
      List<String> findings)
      throws StoreException {
    AuditHead head = reader.head();
    LockoutFold told = new LockoutFold();
    reader.lockouts().forEach(record -> told.add(record, record.isSound()));
    List<AuditRecord> missing =
        judgement.verdict().holds() ? told.addBeyond(head, lines()) : List.of();
    Instant now = clock.instant();
    LockoutRepair.Result repair =
        LockoutRepair.of(told, rows.lockouts(), new HashSet<>(store.lockoutIds()), head.seq(), now);
    SealsAtStart.Outcome sealed = seals.judge(store.checkSeals(), store.wasCreated());
    Optional<String> distrusted = distrusted(judgement, repair, sealed, reader);
    findings.addAll(sealed.leftToTheVenue());
    findings.addAll(changed);
    List<Change> changes = new ArrayList<>();
    String what = distrusted.orElse(judgement.text());
    if (!what.isEmpty()) {
      findings.addFirst(what);
      changes.add(record(now, distrusted.isPresent() ? DISTRUSTED : "BOOKS_FOUND", findings));
    }
    changes.addAll(repair.changes());
    for (Lockout lockout : repair.restored()) {
      findings.add("rebuilt from the audit: " + LockoutRepair.text(lockout));
    }
    boolean writes = !changes.isEmpty() || head.isNone() || sealed.seal();
    if (writes) {
      store.recover(missing, evidence.newest(), changes, sealed.discarded(), sealed.seal());
    }
    return new Repaired(distrusted, writes, repair.restored().size());
  }

  private Optional<String> distrusted(
      StartJudgement judgement,
      LockoutRepair.Result repair,
      SealsAtStart.Outcome sealed,
      AuditReader reader)
      throws StoreException {
    List<String> reasons = new ArrayList<>();
    if (judgement.verdict().holds()) {
      reasons.add(judgement.text());
      AuditLog.firstChanged(lines())
          .map(
              line ->
                  line
                      + ", so what was rebuilt from it may not be true: look at `risk-admin audit"
                      + " verify` and at the kept file before anything is unlocked")
          .ifPresent(reasons::add);
    } else if (!repair.changes().isEmpty()) {
      reasons.add(
          "the lockouts in the database were changed by hand: "
              + repair.restored().size()
              + " of them not as the audit says");
    }
    sealed.trouble().ifPresent(reasons::add);
    if (!reasons.isEmpty()) {
      return Optional.of(String.join("; ", reasons));
    }
    // The process may have died between that record and the holds.
    Optional<AuditRecord> found = reader.newest(DISTRUSTED);
    long held = reader.newest(HELD).map(AuditRecord::seq).orElse(0L);
    return found.filter(record -> record.seq() > held).map(record -> record.told().detail());
  }

  private List<String> changedLines() {
    try {
      return log.changed();
    } catch (IOException _) {
      return List.of(); // What can be read of it has been told as evidence.
    }
  }

  private static Change record(Instant now, String action, List<String> findings) {
    return new AuditAppended(
        now, "engine", action, Optional.empty(), String.join("; ", findings), "");
  }

  private void mirror(
      SqliteStore store,
      AuditReader reader,
      StartJudgement judgement,
      List<String> changed,
      List<String> findings)
      throws StoreException {
    boolean contradicted = judgement.verdict() == Verdict.CONTRADICTED;
    if (contradicted || !changed.isEmpty()) {
      try {
        String when = Replacement.stamp(clock.instant());
        findings.add(
            "audit.log is kept as "
                + log.setAside((contradicted ? "contradicted-" : "changed-") + when)
                + " and written anew from the database");
      } catch (IOException _) {
        // The mirror says what is wrong, for as long as it is.
      }
    }
    AuditMirror mirror =
        new AuditMirror(reader, log, marker, clock, text -> tellOfLog(store, text));
    mirror.attempt();
    store.mirrorBy(mirror);
  }

  private void tellOfLog(SqliteStore store, String text) {
    try {
      store.commit(
          List.of(
              new AuditAppended(
                  clock.instant(), "engine", "AUDIT_LOG_CHANGED", Optional.empty(), text, "")));
    } catch (StoreException _) {
      // The loop's own commits meet the same disk and say so.
    }
  }
}
