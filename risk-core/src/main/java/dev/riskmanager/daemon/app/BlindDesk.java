package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.loop.DecisionText;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.wire.BlindWindowView;
import dev.riskmanager.wire.WireJson;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Keeps the book of the times in which nobody saw the accounts: from when to when, what was found
 * to have happened, and what was done. It follows the states that the loop publishes, and survives
 * a restart. Safe for many threads.
 */
final class BlindDesk {
  private static final String PART = "blind";
  private static final Logger LOG = LoggerFactory.getLogger("engine");
  private static final String ROW = "blind_windows";
  private static final int KEPT = 20;
  private static final int DONE_KEPT = 20;

  private final Function<AccountId, String> names;
  private final Consumer<List<Store.Change>> rows;
  private final Health health;
  private final Optional<Instant> lastSeen;
  private final Deque<BlindWindowView> past = new ArrayDeque<>();
  private String reason = "";

  /** One that an earlier process began, and did not see the end of. */
  private @Nullable BlindWindowView begun;

  private @Nullable Open open;

  /** Something that was decided while it lasts. */
  private record Done(AccountId account, String text) {}

  /** The window that lasts. */
  private static final class Open {
    final Instant from;
    final String reason;
    final boolean atStart;
    final Map<AccountId, AccountState> then = new TreeMap<>();
    final Map<AccountId, List<String>> found = new TreeMap<>();
    final List<Done> done = new ArrayList<>();

    Open(Instant from, String reason, boolean atStart) {
      this.from = from;
      this.reason = reason;
      this.atStart = atStart;
    }

    BlindWindowView view(
        @Nullable Instant until, List<String> all, Function<AccountId, String> names) {
      List<String> told =
          done.stream()
              .map(one -> then.size() > 1 ? names.apply(one.account) + ": " + one.text : one.text)
              .toList();
      return new BlindWindowView(from, until, reason, all, told);
    }
  }

  /**
   * Goes on from what was written.
   *
   * @param lastSeen when an earlier process was last alive; empty when there was none
   * @param names what people call an account
   * @param rows takes what is to be written; must not block
   */
  BlindDesk(
      List<Store.MetaSaved> meta,
      Optional<Instant> lastSeen,
      Function<AccountId, String> names,
      Consumer<List<Store.Change>> rows,
      Health health) {
    this.lastSeen = lastSeen;
    this.names = names;
    this.rows = rows;
    this.health = health;
    for (Store.MetaSaved row : meta) {
      if (row.key().equals(ROW)) {
        restore(row.value());
      }
    }
  }

  private void restore(String json) {
    try {
      for (BlindWindowView window : WireJson.read(json, BlindWindowView[].class)) {
        if (window.until() == null) {
          begun = window;
        } else {
          past.addLast(window);
        }
      }
    } catch (JacksonException e) {
      LOG.warn("The blind windows of before cannot be read and are not shown: {}", e.getMessage());
    }
  }

  /** The connection is gone for that reason; the loop has yet to hear of it. */
  synchronized void lost(String why) {
    reason = why;
  }

  /** Goes on with the window in which an earlier process ended. */
  synchronized void resume(EngineState restored) {
    for (LongMap.Entry<AccountState> entry : restored.accounts()) {
      if (entry.value().blindSince().isPresent()) {
        begin(entry.value(), entry.value());
      }
    }
  }

  /** Follows a step of the loop. */
  synchronized void look(EngineState before, EngineState after, List<Decision> decisions) {
    if (before.accounts() == after.accounts() && decisions.isEmpty()) {
      return;
    }
    boolean ended = false;
    for (LongMap.Entry<AccountState> entry : after.accounts()) {
      AccountState now = entry.value();
      AccountState then = before.accounts().getOrDefault(entry.key(), now);
      // One that the venue does not list is waited for by others.
      boolean blind = now.blindSince().isPresent() && !now.missing();
      if (blind && (open == null || !open.then.containsKey(now.id()))) {
        begin(then, now);
      }
      if (open != null && open.then.containsKey(now.id()) && !open.found.containsKey(now.id())) {
        note(after, now.id(), decisions);
        if (!blind) {
          AccountState known = open.then.getOrDefault(now.id(), now);
          open.found.put(now.id(), BlindFindings.of(after.market(), known, now));
          ended = true;
        }
      }
    }
    if (ended && open != null && open.found.size() == open.then.size()) {
      end(open, after.now());
    }
  }

  private void begin(AccountState then, AccountState now) {
    if (open == null) {
      boolean atStart = now.phase() != AccountState.Phase.RUNNING;
      Instant since = now.blindSince().orElseThrow();
      open =
          begun != null
              ? new Open(begun.from(), begun.reason() + "; the engine was restarted", false)
              : atStart
                  ? new Open(lastSeen.orElse(since), "the engine was not running", true)
                  : new Open(since, reason, false);
      begun = null;
      if (!open.atStart) {
        LOG.warn("Blind since {}: {}", open.from, open.reason);
        rows.accept(List.of(row()));
      }
    }
    open.then.put(now.id(), then);
  }

  private void note(EngineState state, AccountId account, List<Decision> decisions) {
    DecisionText text = new DecisionText(state);
    for (Decision decision : decisions) {
      boolean told =
          switch (decision) {
            case Decision.ViolationFound found -> !found.cause().shadow();
            case Decision.LockoutSet set -> true;
            case Decision.LockoutCleared cleared -> true;
            case Decision.Action action -> true;
            case Decision.PrecheckBlocked blocked -> false;
            case Decision.Reset reset -> false;
            case Decision.Alert alert -> true;
          };
      if (told
          && open != null
          && decision.account().equals(account)
          && open.done.size() < DONE_KEPT) {
        open.done.add(new Done(account, text.of(decision)));
      }
    }
  }

  private void end(Open window, Instant until) {
    open = null;
    List<String> all = new ArrayList<>();
    window.found.forEach(
        (account, found) -> {
          health.notProtected(account, PART, "");
          String prefix = window.found.size() > 1 ? names.apply(account) + ": " : "";
          found.forEach(text -> all.add(prefix + text));
        });
    // A first start, or one after which all is as it was left, is nobody's news.
    if (window.atStart && (lastSeen.isEmpty() || all.isEmpty())) {
      return;
    }
    if (all.isEmpty()) {
      all.add("nothing had changed");
    }
    BlindWindowView view = window.view(until, List.copyOf(all), names);
    past.addLast(view);
    while (past.size() > KEPT) {
      past.removeFirst();
    }
    String text = text(view);
    LOG.warn("{}", text);
    List<Store.Change> changes = new ArrayList<>();
    changes.add(row());
    window.found.forEach(
        (account, found) -> {
          List<String> own = found.isEmpty() ? List.of("nothing had changed") : found;
          String line = text(window.view(until, own, names));
          changes.add(
              new Store.LogAppended(
                  until, account, Optional.empty(), "connection", line, WireJson.write(view)));
        });
    rows.accept(List.copyOf(changes));
  }

  private Store.Change row() {
    return new Store.MetaSaved(ROW, WireJson.write(windows()));
  }

  private static String text(BlindWindowView window) {
    Instant until = window.until() == null ? window.from() : window.until();
    String done = window.done().isEmpty() ? "nothing" : String.join("; ", window.done());
    return "Blind for "
        + Duration.between(window.from(), until).toSeconds()
        + " s, from "
        + window.from().truncatedTo(ChronoUnit.SECONDS)
        + " to "
        + until.truncatedTo(ChronoUnit.SECONDS)
        + " ("
        + window.reason()
        + "). Found: "
        + String.join("; ", window.found())
        + ". Done: "
        + done;
  }

  /** The newest, oldest first; the one that lasts has no end. */
  synchronized List<BlindWindowView> windows() {
    List<BlindWindowView> all = new ArrayList<>(past);
    if (open != null && !open.atStart) {
      all.add(open.view(null, List.of(), names));
    }
    return List.copyOf(all);
  }

  /**
   * A blind account was read, or could not be: then what happens there cannot be seen or stopped.
   *
   * @param reach what of it could be read
   */
  void read(AccountId account, QuietWatch.Reach reach) {
    boolean blind;
    synchronized (this) {
      blind = open != null && open.then.containsKey(account);
    }
    health.notProtected(
        account,
        PART,
        !blind
            ? ""
            : switch (reach) {
              case ALL -> "";
              case NO_TRADES ->
                  "account "
                      + names.apply(account)
                      + ": NOT able to act on losses and counts: its trades cannot be read; its"
                      + " positions and orders are, and lockouts are enforced";
              case NOTHING ->
                  "account "
                      + names.apply(account)
                      + ": NOT able to act: its positions and orders cannot be read; what happens"
                      + " there is neither seen nor stopped";
            });
  }
}
