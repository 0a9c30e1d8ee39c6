package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.AccountsFile;
import dev.riskmanager.daemon.config.ConfigText;
import dev.riskmanager.daemon.config.ShippedConfig;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.wire.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code engine.yaml} and the login said at the last start, so that the audit can name what
 * was changed since: another venue, another user, nobody told. These are no rules, and yet an
 * engine that looks at another venue protects nobody.
 */
final class SettingsSeen {
  /** The row of what was seen: a line a key, secrets masked, with what tells another one. */
  static final String ROW = "settings.seen";

  private static final Logger LOG = LoggerFactory.getLogger("engine");

  /** No key of the file: they begin with a letter. */
  private static final String VALUES = "#values";

  private static final String LOGIN = "#login";

  /** Of a hash: enough to tell one text from another, too few to guess it from. */
  private static final int DIGITS = 16;

  private SettingsSeen() {}

  /** The rows of a start: what is seen now, and a record for each difference. */
  static List<Store.Change> rows(Configuration found, List<Store.MetaSaved> before, Instant now) {
    TreeMap<String, String> seen = seen(found);
    List<Store.Change> rows = new ArrayList<>();
    rows.add(new Store.MetaSaved(ROW, write(seen)));
    before.stream()
        .filter(row -> row.key().equals(ROW))
        .flatMap(row -> differences(read(row.value()), seen).stream())
        .forEach(
            line -> {
              LOG.warn("Configuration: {}", line);
              rows.add(
                  new Store.AuditAppended(
                      now, "engine", "config.found", Optional.empty(), line, "found at the start"));
            });
    return rows;
  }

  private static TreeMap<String, String> seen(Configuration found) {
    TreeMap<String, String> seen = new TreeMap<>();
    // What the engine runs with, whatever the file says by now.
    found
        .files()
        .engineText()
        .ifPresent(
            tree -> {
              seen.putAll(ConfigText.leaves(tree));
              StringBuilder values = new StringBuilder();
              append(tree, values);
              seen.put(VALUES, hash(values.toString()));
            });
    Optional<AccountsFile.Credentials> login = found.files().accounts().credentials();
    login.ifPresent(one -> seen.put(LOGIN, hash(one.username() + "\n" + one.apiKey().value())));
    return seen;
  }

  private static void append(ConfigNode node, StringBuilder values) {
    switch (node) {
      case ConfigNode.Mapping mapping ->
          mapping.entries().forEach(entry -> append(entry.value(), values));
      case ConfigNode.Sequence sequence -> sequence.items().forEach(item -> append(item, values));
      case ConfigNode.Scalar scalar -> values.append(scalar.text()).append('\n');
    }
  }

  private static List<String> differences(Map<String, String> before, Map<String, String> now) {
    TreeSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(now.keySet());
    keys.removeIf(key -> before.getOrDefault(key, "").equals(now.getOrDefault(key, "")));
    boolean login = keys.remove(LOGIN);
    boolean values = keys.remove(VALUES);
    List<String> lines = new ArrayList<>();
    for (String key : keys) {
      lines.add(
          ShippedConfig.ENGINE
              + " "
              + key
              + ": "
              + before.getOrDefault(key, "(not set)")
              + " → "
              + now.getOrDefault(key, "(not set)"));
    }
    if (values && lines.isEmpty()) {
      lines.add(ShippedConfig.ENGINE + ": a value that is not shown is another one");
    }
    if (login) {
      lines.add(ShippedConfig.ACCOUNTS + ": the login is another one");
    }
    return lines;
  }

  private static String write(Map<String, String> seen) {
    return seen.entrySet().stream()
        .map(entry -> entry.getKey() + "\t" + entry.getValue())
        .collect(Collectors.joining("\n"));
  }

  private static Map<String, String> read(String text) {
    TreeMap<String, String> seen = new TreeMap<>();
    for (String line : text.lines().toList()) {
      int tab = line.indexOf('\t');
      if (tab > 0) {
        seen.put(line.substring(0, tab), line.substring(tab + 1));
      }
    }
    return seen;
  }

  /** Tells one text from another, and not what it was. */
  private static String hash(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
  }
}
