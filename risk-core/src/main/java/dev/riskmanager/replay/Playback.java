package dev.riskmanager.replay;

import dev.riskmanager.daemon.contracts.ShippedContracts;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.Restoration;
import dev.riskmanager.domain.engine.RiskEngine;
import dev.riskmanager.domain.engine.RuleBook;
import dev.riskmanager.domain.engine.Step;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.payload.Fields.Malformed;
import dev.riskmanager.payload.Translation.Rejected;
import dev.riskmanager.payload.Translation.Translated;
import dev.riskmanager.recording.EngineStart;
import dev.riskmanager.recording.RecordingFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Lines of a recording through the core, one after the other. Owned by one thread. */
final class Playback {
  private final List<Contract> products = ShippedContracts.load().economics();
  private final Complaints complaints;
  private final boolean keepRules;
  private Optional<Rules> rules;
  private Optional<RuleBook> book;
  private @Nullable EngineState state;

  /** Something happens, and nobody has said under which rules. */
  static final class NoRules extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoRules() {
      super("the recording does not begin with the rules it was made under; give --config DIR");
    }
  }

  /** Takes what had to be left out, one line each. */
  @FunctionalInterface
  interface Complaints {
    void add(String complaint);
  }

  /**
   * Begins before the first line.
   *
   * @param rules those in force at the start; empty takes those that the recording says
   * @param book the same, read without errors
   * @param keepRules changes of the configuration in the recording do not count
   */
  Playback(
      Optional<Rules> rules, Optional<RuleBook> book, boolean keepRules, Complaints complaints) {
    this.rules = rules;
    this.book = book;
    this.keepRules = keepRules;
    this.complaints = complaints;
  }

  /** What is decided at a line; what the live engine would leave out is left out and said. */
  List<Decision> take(RecordingFormat.Line line) {
    return switch (line.event()) {
      case "EngineStarted" -> start(line);
      case "ConfigChanged" -> keepRules ? List.of() : configure(line);
      default -> {
        Translated translated = RecordingFormat.event(line);
        for (Rejected rejected : translated.rejected()) {
          complaints.add(rejected + "; left out");
        }
        List<Decision> decisions = new ArrayList<>();
        for (RiskEvent event : translated.events()) {
          decisions.addAll(done(RiskEngine.step(stateAt(line.t()), line.t(), event)));
        }
        yield decisions;
      }
    };
  }

  /** The books so far; empty before the first line. */
  Optional<EngineState> state() {
    return Optional.ofNullable(state);
  }

  private EngineState stateAt(Instant t) {
    EngineState now = state;
    if (now == null) {
      now = EngineState.initial(t, book.orElseThrow(NoRules::new), products);
      state = now;
    }
    return now;
  }

  private List<Decision> done(Step step) {
    for (Step.RuleFailure failure : step.failures()) {
      complaints.add(
          failure.rule() + " FAILED on account " + failure.account() + ": " + failure.error());
    }
    state = step.state();
    return step.decisions();
  }

  /** An engine begins from what it had written; positions and orders are still to be read. */
  private List<Decision> start(RecordingFormat.Line line) {
    if (rules.isEmpty() && line.data().has("rules")) {
      read(line.data().path("rules"), "EngineStarted.rules");
    }
    try {
      RuleBook watching =
          watching(book.orElseThrow(NoRules::new), EngineStart.accounts(line.data()));
      Restoration.Rows known =
          state == null ? Restoration.Rows.none(line.t()) : Restoration.rows(state);
      state = Restoration.restore(watching, products, EngineStart.read(line.data(), known));
    } catch (Malformed | IllegalArgumentException e) {
      complaints.add("EngineStarted: " + e.getMessage() + "; left out");
    }
    return List.of();
  }

  /** The engine knew its accounts from the start; without a list of them they are those it says. */
  private static RuleBook watching(RuleBook book, List<AccountId> accounts) {
    if (book.others().isEmpty()) {
      return book;
    }
    Table<AccountId, RuleSet> named = book.accounts();
    for (AccountId id : accounts) {
      named = named.containsKey(id) ? named : named.with(id, book.others().get());
    }
    return new RuleBook(named, book.others());
  }

  private List<Decision> configure(RecordingFormat.Line line) {
    return read(line.data(), "ConfigChanged")
        ? done(RiskEngine.configure(stateAt(line.t()), line.t(), book.orElseThrow(NoRules::new)))
        : List.of();
  }

  /** Takes over rules from the recording; false when they cannot be read. */
  private boolean read(JsonNode data, String what) {
    Problems problems = new Problems();
    Rules changed = ConfigChange.read(data, rules.orElse(Rules.NONE), problems);
    RuleBook changedBook = changed.book(problems);
    for (Problems.Problem error : problems.errors()) {
      complaints.add(what + ": " + error.path() + ": " + error.message() + "; left out");
    }
    if (!problems.hasErrors()) {
      rules = Optional.of(changed);
      book = Optional.of(changedBook);
    }
    return !problems.hasErrors();
  }
}
