package dev.riskmanager.replay;

import dev.riskmanager.daemon.config.AccountsFile.MonitoredAccount;
import dev.riskmanager.daemon.config.YamlFile;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.RuleBook;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.ConfigNode.Place;
import dev.riskmanager.domain.settings.Overlay;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.payload.WireJson;
import dev.riskmanager.recording.RecordingFormat.Line;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The same recording under several values of one key, in one pass: what each of them would have
 * done.
 */
final class Sweep {
  private static final Place OPTION = new Place("--sweep", 0, 0);
  private static final int MOST_VALUES = 100;

  private final String key;
  private final List<Trial> trials;

  private Sweep(String key, List<Trial> trials) {
    this.key = key;
    this.trials = trials;
  }

  /** One value with the engine that runs under it. */
  private static final class Trial {
    final String value;
    final Rules rules;
    final RuleBook book;
    long violations;
    long lockouts;
    String firstLockout = "";
    String realized = "";

    Trial(String value, Rules rules, RuleBook book) {
      this.value = value;
      this.rules = rules;
      this.book = book;
    }

    void took(Playback playback, List<Decision> decisions) {
      for (Decision decision : decisions) {
        if (decision instanceof Decision.ViolationFound) {
          violations++;
        } else if (decision instanceof Decision.LockoutSet) {
          lockouts++;
          if (firstLockout.isEmpty()) {
            firstLockout = decision.cause().at().toString();
            realized =
                playback
                    .state()
                    .flatMap(state -> realized(state, decision.cause().account()))
                    .map(Money::toString)
                    .orElse("");
          }
        }
      }
    }

    /** Of the account's own trading day, net where the configuration says so. */
    private static Optional<Money> realized(EngineState state, AccountId id) {
      Optional<RuleSet> rules = state.rules().of(id);
      return state
          .account(id)
          .flatMap(
              account ->
                  rules.map(
                      set ->
                          account
                              .trades()
                              .day(set.general().reset())
                              .realized(set.general().netOfFees())));
    }
  }

  /**
   * Reads {@code daily_realized_loss.limit=-300,-500}; what is wrong goes to the problems.
   *
   * @param rules those that the values are put into
   */
  static Optional<Sweep> parse(String text, Optional<Rules> rules, Problems problems) {
    int equals = text.indexOf('=');
    if (equals < 1 || equals == text.length() - 1) {
      problems.error(
          OPTION, "", "must be key=value,value,… such as daily_realized_loss.limit=-300,-500");
      return Optional.empty();
    }
    if (rules.isEmpty()) {
      problems.error(OPTION, "", "needs --config: the values are put into its rules");
      return Optional.empty();
    }
    String key = text.substring(0, equals).strip();
    List<Trial> trials = new ArrayList<>();
    for (String value : values(text.substring(equals + 1))) {
      Optional<ConfigNode> node = YamlFile.parse("--sweep " + value, value, problems);
      if (node.isPresent()) {
        Rules changed = with(rules.get(), nested(key, node.get()));
        Problems own = new Problems();
        RuleBook book = changed.book(own);
        own.errors().forEach(error -> problems.error(error.place(), error.path(), error.message()));
        warnIfDisabled(key, rules.get(), problems);
        trials.add(new Trial(value, changed, book));
      }
    }
    if (trials.size() > MOST_VALUES) {
      problems.error(OPTION, key, "at most " + MOST_VALUES + " values at once");
    }
    return Optional.of(new Sweep(key, List.copyOf(trials)));
  }

  /** Parted at the commas that are not within brackets: a value may be a list. */
  private static List<String> values(String text) {
    List<String> values = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? ',' : text.charAt(i);
      depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
      if (c == ',' && (depth == 0 || i == text.length())) {
        values.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    return values;
  }

  private static ConfigNode nested(String key, ConfigNode value) {
    ConfigNode node = value;
    String[] names = key.split("\\.", -1);
    for (int i = names.length - 1; i >= 0; i--) {
      node =
          new ConfigNode.Mapping(
              OPTION, List.of(new ConfigNode.Entry(OPTION, names[i].strip(), node)));
    }
    return node;
  }

  /** The value holds for every account, also one that overrides the key. */
  private static Rules with(Rules rules, ConfigNode value) {
    List<MonitoredAccount> accounts = new ArrayList<>();
    for (MonitoredAccount account : rules.accounts()) {
      accounts.add(
          new MonitoredAccount(
              account.id(), account.name(), account.rules().map(own -> Overlay.of(own, value))));
    }
    return new Rules(
        Overlay.of(rules.tree(), value), List.copyOf(accounts), rules.everyone(), rules.holidays());
  }

  private static void warnIfDisabled(String key, Rules rules, Problems problems) {
    String section = key.contains(".") ? key.substring(0, key.indexOf('.')) : key;
    if (rules.tree() instanceof ConfigNode.Mapping top && !key.endsWith(".enabled")) {
      for (ConfigNode.Entry entry : top.entries()) {
        if (entry.key().equals(section) && isDisabled(entry.value())) {
          problems.warning(
              entry.place(), section, "is not enabled, so no value of it changes anything");
        }
      }
    }
  }

  private static boolean isDisabled(ConfigNode section) {
    return section instanceof ConfigNode.Mapping mapping
        && mapping.entries().stream()
            .anyMatch(
                entry ->
                    entry.key().equals("enabled")
                        && entry.value() instanceof ConfigNode.Scalar scalar
                        && scalar.text().equalsIgnoreCase("false"));
  }

  /** Feeds all of them; what is wrong with a line is said once. */
  Lane lane(Messages messages) {
    List<Playback> playbacks = new ArrayList<>();
    for (Trial trial : trials) {
      Playback.Complaints complaints = playbacks.isEmpty() ? messages::about : text -> {};
      playbacks.add(
          new Playback(Optional.of(trial.rules), Optional.of(trial.book), true, complaints));
    }
    return new Lane() {
      @Override
      public boolean take(Line line) {
        for (int i = 0; i < playbacks.size(); i++) {
          trials.get(i).took(playbacks.get(i), playbacks.get(i).take(line));
        }
        return true;
      }

      @Override
      public long decisions() {
        return trials.stream().mapToLong(trial -> trial.violations + trial.lockouts).sum();
      }
    };
  }

  /** The table, or the same as one JSON object. */
  void print(boolean json, PrintWriter out) {
    if (json) {
      ObjectNode all = WireJson.mapper().createObjectNode().put("key", key);
      ArrayNode rows = all.putArray("values");
      for (Trial trial : trials) {
        ObjectNode row =
            rows.addObject()
                .put("value", trial.value)
                .put("violations", trial.violations)
                .put("lockouts", trial.lockouts);
        row.put("firstLockout", trial.firstLockout.isEmpty() ? null : trial.firstLockout);
        row.put("realized", trial.realized.isEmpty() ? null : trial.realized);
      }
      out.println(all);
      return;
    }
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.of(key, "violations", "lockouts", "first lockout", "realized P&L at it"));
    for (Trial trial : trials) {
      cells.add(
          List.of(
              trial.value,
              String.valueOf(trial.violations),
              String.valueOf(trial.lockouts),
              trial.firstLockout.isEmpty() ? "-" : trial.firstLockout,
              trial.realized.isEmpty() ? "-" : trial.realized));
    }
    table(cells).forEach(out::println);
  }

  private static List<String> table(List<List<String>> cells) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int c = column;
        int width = cells.stream().mapToInt(other -> other.get(c).length()).max().orElse(0);
        String pad = " ".repeat(width - row.get(column).length());
        boolean last = column == row.size() - 1;
        // Numbers to the right; the time has one width.
        line.append(column == 3 ? row.get(column) + pad : pad + row.get(column));
        line.append(last ? "" : "   ");
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
