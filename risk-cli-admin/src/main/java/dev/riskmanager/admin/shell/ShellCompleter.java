package dev.riskmanager.admin.shell;

import dev.riskmanager.admin.render.FirstSentence;
import dev.riskmanager.daemon.config.RuleKeys;
import dev.riskmanager.daemon.config.ShippedConfig;
import dev.riskmanager.daemon.contracts.ShippedContracts;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.wire.RuleConfigView;
import dev.riskmanager.wire.RulesView;
import dev.riskmanager.wire.StatusView;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.builtins.Completers;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Completes commands and options from the commands' own model, and values by what their label says
 * they are: rules, accounts, symbols, keys, and the words that a key takes.
 */
final class ShellCompleter implements Completer {
  /** {@code limits.MNQ} and {@code per_instrument_sessions.sessions.ES.start}. */
  private static final Pattern NAMES_A_SYMBOL =
      Pattern.compile(
          "(?:limits|per_instrument_sessions[.]sessions)[.]([A-Z0-9]*[A-Z][A-Z0-9]*)(?:[.].*)?");

  private final Completer files = new Completers.FileNameCompleter();
  private final CommandSpec root;
  private final Supplier<Optional<StatusView>> status;
  private final Supplier<Optional<RulesView>> rules;
  private final Memo<RuleKeys> keys = new Memo<>(RuleKeys::shipped);
  private final Memo<List<String>> shipped = new Memo<>(() -> ShippedContracts.load().symbols());

  /** Made when it is needed first: most lines are never completed. */
  private static final class Memo<T> implements Supplier<T> {
    private final Supplier<T> source;
    private Optional<T> made = Optional.empty();

    Memo(Supplier<T> source) {
      this.source = source;
    }

    @Override
    public synchronized T get() {
      if (made.isEmpty()) {
        made = Optional.of(source.get());
      }
      return made.get();
    }
  }

  /**
   * For those commands.
   *
   * @param rules as they hold, where that can be told without asking a person anything
   */
  ShellCompleter(
      CommandSpec root,
      Supplier<Optional<StatusView>> status,
      Supplier<Optional<RulesView>> rules) {
    this.root = root;
    this.status = status;
    this.rules = rules;
  }

  /** Where the cursor stands: in which command, after which values. */
  private static final class Place {
    CommandSpec command;
    final List<String> values = new ArrayList<>();
    Optional<OptionSpec> option = Optional.empty();
    boolean afterDashes;

    Place(CommandSpec root) {
      command = root;
    }

    void take(String word) {
      if (option.isPresent()) {
        option = Optional.empty();
      } else if (word.equals("--")) {
        afterDashes = true;
      } else if (word.startsWith("-") && !afterDashes) {
        OptionSpec known = command.optionsMap().get(word);
        option = Optional.ofNullable(known).filter(o -> o.arity().max() > 0);
      } else if (values.isEmpty() && command.subcommands().containsKey(word)) {
        command = command.subcommands().get(word).getCommandSpec();
      } else {
        values.add(word);
      }
    }
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    List<String> words = line.words().subList(0, line.wordIndex());
    boolean help = !words.isEmpty() && words.get(0).equals("help");
    Place place = new Place(root);
    words.stream().skip(help ? 1 : 0).forEach(place::take);
    if (place.option.isPresent()) {
      values(place.option.get(), place, reader, line, candidates);
      return;
    }
    if (line.word().startsWith("-") && !place.afterDashes && !help) {
      options(place.command, words, candidates);
      return;
    }
    if (place.values.isEmpty() && !place.command.subcommands().isEmpty()) {
      place
          .command
          .subcommands()
          .forEach(
              (name, sub) -> {
                if (!sub.getCommandSpec().usageMessage().hidden()) {
                  add(
                      candidates,
                      name,
                      FirstSentence.of(sub.getCommandSpec().usageMessage().description()));
                }
              });
      if (place.command == root && !help) {
        ShellLine.OWN.forEach(name -> add(candidates, name, ""));
      }
      return;
    }
    for (PositionalParamSpec positional : place.command.positionalParameters()) {
      if (!help && positional.index().contains(place.values.size())) {
        values(positional, place, reader, line, candidates);
      }
    }
  }

  private static void options(CommandSpec command, List<String> words, List<Candidate> candidates) {
    for (OptionSpec option : command.options()) {
      if (!option.hidden() && !words.contains(option.longestName())) {
        add(candidates, option.longestName(), FirstSentence.of(option.description()));
      }
    }
  }

  private void values(
      ArgSpec arg, Place place, LineReader reader, ParsedLine line, List<Candidate> candidates) {
    switch (arg.paramLabel()) {
      case "RULE" -> rules(place, candidates);
      case "ACCOUNT", "ID" ->
          status
              .get()
              .ifPresent(
                  now ->
                      now.accounts()
                          .forEach(a -> add(candidates, Long.toString(a.accountId()), a.name())));
      case "SYMBOL" -> symbols(rules.get()).forEach(symbol -> add(candidates, symbol, ""));
      case "KEY" -> keys(section(place), candidates);
      case "VALUE" -> keyValues(place, candidates);
      case "FILE", "DIR" -> {
        // A name of our own files is a word, all else is a path.
        if (arg.typeInfo().getType().equals(String.class) && place.command.name().equals("edit")) {
          ShippedConfig.FILES.forEach(file -> add(candidates, file, ""));
        } else {
          files.complete(reader, line, candidates);
        }
      }
      case "TIME" -> {
        if (arg instanceof OptionSpec option && option.longestName().equals("--for")) {
          List.of("15m", "30m", "1h", "4h").forEach(time -> add(candidates, time, ""));
        }
      }
      default -> {
        Iterable<String> words = arg.completionCandidates();
        if (words != null) {
          words.forEach(word -> add(candidates, word, ""));
        }
      }
    }
  }

  private void rules(Place place, List<Candidate> candidates) {
    for (RuleId id : RuleCatalog.ids()) {
      add(candidates, id.toString(), id.key());
      add(candidates, id.key(), id.toString());
    }
    if (place.command.name().equals("unlock")) {
      add(candidates, "MANUAL", "set by an admin");
    }
    if (place.command.name().equals("set")) {
      add(candidates, "general", "what holds for all rules");
    }
  }

  private static String section(Place place) {
    String rule = place.values.isEmpty() ? "" : place.values.get(0);
    return RuleCatalog.find(rule).map(RuleId::key).orElse(rule);
  }

  /** Those every home has, and those this one has written besides. */
  private void keys(String section, List<Candidate> candidates) {
    Optional<RulesView> now = rules.get();
    Set<String> offered = new LinkedHashSet<>();
    offered.addAll(keys.get().keys(section));
    if (section.equals("max_contracts_per_instrument")) {
      symbols(now).forEach(symbol -> offered.add("limits." + symbol));
    }
    settings(now, section).forEach(setting -> offered.add(setting.key()));
    offered.forEach(
        key -> add(candidates, key, String.join(", ", keys.get().values(section, key))));
  }

  private static List<RuleConfigView.Setting> settings(Optional<RulesView> now, String section) {
    return now.stream()
        .flatMap(view -> view.rules().stream())
        .filter(rule -> rule.rule().equals(section))
        .flatMap(rule -> rule.settings().stream())
        .toList();
  }

  /** Those of the shipped table, of the venue's list, and those that the rules name. */
  private Set<String> symbols(Optional<RulesView> now) {
    Set<String> all = new TreeSet<>(shipped.get());
    now.ifPresent(view -> all.addAll(view.symbols()));
    now.stream()
        .flatMap(view -> view.rules().stream())
        .flatMap(rule -> rule.settings().stream())
        .forEach(
            setting -> {
              Matcher named = NAMES_A_SYMBOL.matcher(setting.key());
              if (named.matches()) {
                all.add(named.group(1));
              }
            });
    return all;
  }

  private void keyValues(Place place, List<Candidate> candidates) {
    if (place.values.size() < 2) {
      return;
    }
    String section = section(place);
    String key = place.values.get(1);
    Optional<RulesView> now = rules.get();
    keys.get().values(section, key).forEach(word -> add(candidates, word, ""));
    settings(now, section).stream()
        .filter(setting -> setting.key().equals(key))
        .forEach(setting -> add(candidates, setting.value(), "as it is now"));
    if (key.equals("blocked_symbols")) {
      symbols(now).forEach(symbol -> add(candidates, symbol, ""));
    }
  }

  private static void add(List<Candidate> candidates, String value, String description) {
    candidates.add(
        new Candidate(
            value, value, null, description.isEmpty() ? null : description, null, null, true));
  }
}
