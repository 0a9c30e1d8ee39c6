package dev.riskmanager.daemon.config;

import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.change.RulesInForce;
import dev.riskmanager.domain.rule.change.Waiting;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.ConfigNode.Mapping;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.domain.settings.Settings;
import dev.riskmanager.payload.WireJson;
import dev.riskmanager.recording.RuleTree;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules in force, and those that wait, as one line of JSON: the form in which they are stored
 * and recorded (ADR 0007). JSON is YAML, so it is read by the reader of the files.
 */
public final class RulesText {
  private static final String ACCOUNTS = "accounts";
  private static final String HOLIDAYS = "holidays";
  private static final String EARLY = "early_closes";
  private static final String WANTED = "wanted";
  private static final String DUE = "due";

  private RulesText() {}

  /** The text of the rules in force: the {@code data} of a recorded {@code ConfigChanged}. */
  public static String of(RulesInForce rules) {
    Map<String, Object> accounts = new LinkedHashMap<>();
    for (int i = 0; i < rules.accounts().size(); i++) {
      accounts.put(
          rules.accounts().keyAt(i).toString(), RuleTree.json(rules.accounts().valueAt(i)));
    }
    Map<String, Object> top = new LinkedHashMap<>();
    top.put(ACCOUNTS, accounts);
    top.put(HOLIDAYS, object(rules.holidays()));
    return WireJson.mapper().writeValueAsString(top);
  }

  /** The text of what waits. */
  public static String of(Waiting waiting) {
    Map<String, Object> accounts = new LinkedHashMap<>();
    for (int i = 0; i < waiting.accounts().size(); i++) {
      Waiting.OfAccount account = waiting.accounts().valueAt(i);
      Map<String, Object> one = new LinkedHashMap<>();
      account.wanted().ifPresent(tree -> one.put(WANTED, RuleTree.json(tree)));
      Map<String, Object> due = new LinkedHashMap<>();
      for (int j = 0; j < account.due().size(); j++) {
        due.put(account.due().keyAt(j), account.due().valueAt(j).toString());
      }
      one.put(DUE, due);
      accounts.put(waiting.accounts().keyAt(i).toString(), one);
    }
    Map<String, Object> top = new LinkedHashMap<>();
    top.put(ACCOUNTS, accounts);
    waiting
        .holidays()
        .ifPresent(
            later ->
                top.put(
                    HOLIDAYS, Map.of(WANTED, object(later.wanted()), DUE, later.due().toString())));
    return WireJson.mapper().writeValueAsString(top);
  }

  /**
   * The rules of a text.
   *
   * @param name what it is called in errors
   * @throws IllegalArgumentException when it is not such a text, or its rules do not load
   */
  public static RulesInForce rules(String name, String text) {
    Reading reading = new Reading(name, text);
    RulesInForce rules = reading.rules();
    reading.end();
    for (int i = 0; i < rules.accounts().size(); i++) {
      rules.rules(rules.accounts().keyAt(i));
    }
    return rules;
  }

  /**
   * What waits, from its text.
   *
   * @throws IllegalArgumentException when it is not such a text
   */
  public static Waiting waiting(String name, String text) {
    Reading reading = new Reading(name, text);
    Waiting waiting = reading.waiting();
    reading.end();
    return waiting;
  }

  private static final class Reading {
    private final Problems problems = new Problems();
    private final Settings top;

    Reading(String name, String text) {
      ConfigNode tree =
          YamlFile.parse(name, text, problems)
              .orElseGet(() -> new Mapping(new ConfigNode.Place(name, 0, 0), List.of()));
      this.top = Settings.of("", tree, problems);
    }

    void end() {
      top.finish();
      if (problems.hasErrors()) {
        throw new IllegalArgumentException(String.valueOf(problems.errors().get(0)));
      }
    }

    RulesInForce rules() {
      Table<AccountId, ConfigNode> accounts = Table.empty();
      Settings section = top.section(ACCOUNTS).orElse(null);
      if (section != null) {
        for (String id : section.names()) {
          accounts = accounts.with(account(id), section.node(id).orElseThrow());
        }
      }
      top.require(HOLIDAYS);
      return new RulesInForce(
          accounts, top.section(HOLIDAYS).map(HolidaysFile::read).orElse(Holidays.NONE));
    }

    Waiting waiting() {
      Table<AccountId, Waiting.OfAccount> accounts = Table.empty();
      Settings section = top.section(ACCOUNTS).orElse(null);
      if (section != null) {
        for (String id : section.names()) {
          Settings one = section.section(id).orElseThrow();
          Optional<ConfigNode> wanted = one.node(WANTED);
          Table<String, Instant> due = Table.empty();
          Settings times = one.section(DUE).orElse(null);
          if (times != null) {
            for (String key : times.names()) {
              due = due.with(key, instant(times, key));
            }
          }
          one.finish();
          accounts = accounts.with(account(id), new Waiting.OfAccount(wanted, due));
        }
      }
      return new Waiting(accounts, top.section(HOLIDAYS).map(Reading::holidays));
    }

    private static Waiting.OfHolidays holidays(Settings section) {
      Holidays wanted = section.section(WANTED).map(HolidaysFile::read).orElse(Holidays.NONE);
      Instant due = instant(section, DUE);
      section.finish();
      return new Waiting.OfHolidays(wanted, due);
    }

    private AccountId account(String id) {
      try {
        return new AccountId(Long.parseLong(id));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("not an account: " + id, e);
      }
    }

    private static Instant instant(Settings section, String key) {
      section.require(key);
      return section.read(key, Instant.MAX, Reading::parseInstant, "a time in UTC");
    }

    private static Optional<Instant> parseInstant(String text) {
      try {
        return Optional.of(Instant.parse(text));
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }
  }

  private static Map<String, Object> object(Holidays holidays) {
    List<Object> closed = new ArrayList<>();
    holidays.closed().forEach(date -> closed.add(date.toString()));
    List<Object> early = new ArrayList<>();
    for (Holidays.EarlyClose close : holidays.early().values()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("date", close.date().toString());
      one.put("close", close.close().toString());
      one.put("timezone", close.zone().getId());
      early.add(one);
    }
    Map<String, Object> top = new LinkedHashMap<>();
    top.put(HOLIDAYS, closed);
    top.put(EARLY, early);
    return top;
  }
}
