package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.loop.EngineLoop;
import dev.riskmanager.daemon.loop.Evidence;
import dev.riskmanager.daemon.port.Enforcement;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.wire.ReceiptView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Takes down what the executor reports: the log, the receipts, the alarms. */
final class EnforcementDesk implements Enforcement.Listener {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Health health;
  private final Standing standing;
  private final Receipts receipts;
  private final Runnable changed;
  private final Set<AccountId> settled = ConcurrentHashMap.newKeySet();
  private volatile @Nullable EngineLoop loop;
  private volatile Consumer<AccountId> flat = account -> {};

  EnforcementDesk(Health health, Receipts receipts, Runnable changed) {
    this.health = health;
    this.receipts = receipts;
    this.standing = new Standing(health, this::append);
    this.changed = changed;
  }

  void attach(EngineLoop engineLoop) {
    loop = engineLoop;
  }

  /** What an engine before this one had learned of its accounts. */
  void remember(List<Store.MetaSaved> rows) {
    standing.restore(rows);
  }

  /** Whether a plan of the account has come to a proof, an alarm or an end since the start. */
  boolean hasSettled(AccountId account) {
    return settled.contains(account);
  }

  @Override
  public void request(
      AccountId account, String operation, String detail, Instant sentAt, VenueReply<?> reply) {
    standing.answered(account, operation, reply);
    // Reads are in the receipt; the log that people read tells what was changed.
    if (!operation.startsWith("read")) {
      log(sentAt, account, "enforcement", operation + " " + detail + ": " + text(reply));
    }
  }

  private static String text(VenueReply<?> reply) {
    String took = " in " + reply.took().toMillis() + " ms";
    return switch (reply) {
      case VenueReply.Done<?> done -> "done" + took;
      case VenueReply.Refused<?> refused ->
          "refused ("
              + refused.name()
              + (refused.message().isEmpty() ? "" : ": " + refused.message())
              + ")"
              + took;
      case VenueReply.Throttled<?> throttled -> "too many requests" + took;
      case VenueReply.Ambiguous<?> ambiguous -> "unclear (" + ambiguous.why() + ")" + took;
      case VenueReply.Unauthorized<?> unauthorized ->
          "not authorized (" + unauthorized.why() + ")" + took;
      case VenueReply.Unreachable<?> unreachable ->
          "not reached (" + unreachable.why() + ")" + took;
    };
  }

  /** Who compares the books with what the executor has proven. */
  void whenFlat(Consumer<AccountId> listener) {
    flat = listener;
  }

  @Override
  public void provenFlat(AccountId account, Instant began, Instant provenAt) {
    settled.add(account);
    flat.accept(account);
    log(
        provenAt,
        account,
        "enforcement",
        "FLAT: proven after " + Duration.between(began, provenAt).toMillis() + " ms");
    changed.run();
  }

  @Override
  public void alarm(AccountId account, String what, boolean notProtected) {
    settled.add(account);
    if (notProtected && standing.refused(account, what)) {
      health.problem("enforcement " + account, "");
    } else {
      health.problem("enforcement " + account, "ALARM: account " + account + ": " + what);
    }
    changed.run();
  }

  /** That an account cannot be protected does not end with the position that showed it. */
  @Override
  public void alarmCleared(AccountId account) {
    health.problem("enforcement " + account, "");
    changed.run();
  }

  /**
   * The story so far can be read at once; with the proof of flat it goes to the disk, lest it be
   * lost with the process while the account is only watched.
   */
  @Override
  public void progress(Enforcement.Receipt soFar) {
    ReceiptView view = view(soFar);
    boolean proven = receipts.put(view).filter(r -> r.provenFlatAt() != null).isPresent();
    if (soFar.provenAt().isPresent() && !proven) {
      save(soFar, view);
    }
    changed.run();
  }

  @Override
  public void finished(Enforcement.Receipt receipt) {
    settled.add(receipt.account());
    recorded(receipt);
  }

  @Override
  public void recorded(Enforcement.Receipt receipt) {
    ReceiptView view = view(receipt);
    receipts.put(view);
    save(receipt, view);
    changed.run();
  }

  private void save(Enforcement.Receipt receipt, ReceiptView view) {
    append(
        List.of(
            new Store.ReceiptSaved(
                receipt.id(),
                receipt.account(),
                Optional.of(receipt.rule()),
                receipt.ended().orElse(receipt.decidedAt()),
                JSON.writeValueAsString(view))));
  }

  private ReceiptView view(Enforcement.Receipt receipt) {
    return new ReceiptView(
        receipt.id(),
        receipt.account().value(),
        receipt.rule().toString(),
        receipt.rule().key(),
        receipt.grounds().symbol().orElse(null),
        receipt.reason(),
        facts(receipt.grounds()),
        receipt.grounds().formula().isEmpty() ? null : receipt.grounds().formula(),
        receipt.grounds().quoteAge().map(Duration::toMillis).orElse(null),
        receipt.decidedAt(),
        receipt.committedAt().orElse(null),
        receipt.firstRequestAt().orElse(null),
        receipt.provenAt().orElse(null),
        receipt.ended().orElse(null),
        receipt.outcome(),
        receipt.decisions(),
        receipt.requests(),
        pastLimit(receipt));
  }

  private static List<ReceiptView.Fact> facts(Enforcement.Grounds grounds) {
    return grounds.inputs().stream()
        .map(fact -> new ReceiptView.Fact(fact.name(), fact.value()))
        .toList();
  }

  private @Nullable String pastLimit(Enforcement.Receipt receipt) {
    EngineLoop source = loop;
    return source == null
        ? null
        : receipt
            .grounds()
            .found()
            .flatMap(found -> Evidence.pastLimit(source.state(), found))
            .orElse(null);
  }

  private void log(Instant at, AccountId account, String kind, String text) {
    append(List.of(new Store.LogAppended(at, account, Optional.empty(), kind, text, "{}")));
  }

  private void append(List<Store.Change> changes) {
    EngineLoop target = loop;
    if (target != null) {
      target.append(changes);
    }
  }
}
