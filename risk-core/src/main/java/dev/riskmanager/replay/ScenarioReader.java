package dev.riskmanager.replay;

import dev.riskmanager.daemon.config.AccountsFile.MonitoredAccount;
import dev.riskmanager.daemon.config.HolidaysFile;
import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.rule.GeneralSettings;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.ConfigNode.Place;
import dev.riskmanager.domain.settings.Nearest;
import dev.riskmanager.domain.settings.Overlay;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.domain.settings.Settings;
import dev.riskmanager.payload.WireJson;
import dev.riskmanager.recording.RecordingFormat.Line;
import dev.riskmanager.recording.RuleTree;
import dev.riskmanager.replay.Scenario.Expected;
import dev.riskmanager.replay.Scenario.Happening;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads one scenario. What is wrong goes to the problems, with its place; then it is not run. */
final class ScenarioReader {
  /** Filled in where a scenario names no account. */
  static final long ACCOUNT = 13298777;

  private static final LocalDate DATE = LocalDate.of(2025, 10, 31);

  private final Settings top;
  private final Problems problems;
  private final Times times;

  private ScenarioReader(Settings top) {
    this.top = top;
    this.problems = top.problems();
    this.times =
        new Times(
            top.read("date", DATE, ScenarioReader::date, "a date such as 2025-10-31"),
            top.zone("zone", GeneralSettings.CHICAGO));
  }

  /**
   * Reads it.
   *
   * @param base rules that its own are laid over
   * @param holidays where it has none of its own
   */
  static Scenario read(Settings top, Optional<ConfigNode> base, Holidays holidays) {
    ScenarioReader reader = new ScenarioReader(top);
    top.require("name");
    String name = top.text("name", "");
    Rules rules = reader.rules(base, holidays);
    Completion completion =
        new Completion(
            reader.times,
            rules.accounts().isEmpty() ? ACCOUNT : rules.accounts().getFirst().id().value());
    List<Happening> lines = reader.lines(completion);
    List<Expected> expected = reader.then();
    top.finish();
    if (rules.accounts().isEmpty() && completion.isAboutTheAccount()) {
      rules = new Rules(rules.tree(), List.of(account(ACCOUNT)), true, rules.holidays());
    }
    return new Scenario(name, top.place(), rules, rules.book(top.problems()), lines, expected);
  }

  private static MonitoredAccount account(long id) {
    return new MonitoredAccount(new AccountId(id), Optional.empty(), Optional.empty());
  }

  private Rules rules(Optional<ConfigNode> base, Holidays shipped) {
    Optional<ConfigNode> own = top.node("config");
    if (own.isEmpty() && base.isEmpty()) {
      top.require("config");
    }
    ConfigNode tree =
        own.isPresent()
            ? base.map(below -> Overlay.of(below, own.get())).orElse(own.get())
            : base.orElse(new ConfigNode.Mapping(top.place(), List.of()));
    Holidays holidays = top.section("holidays").map(HolidaysFile::read).orElse(shipped);
    List<MonitoredAccount> accounts = ConfigChange.accounts(top);
    return new Rules(tree, accounts, accounts.isEmpty(), holidays);
  }

  /** The given snapshot, at the time of what happens first, and what happens. */
  private List<Happening> lines(Completion completion) {
    List<Raw> raw = new ArrayList<>();
    for (Settings section : top.sections("when")) {
      raw.add(raw(section));
    }
    List<Happening> lines = new ArrayList<>();
    top.section("given").ifPresent(given -> given(given, raw, completion, lines));
    for (Raw one : raw) {
      lines.add(happening(one, completion));
    }
    return List.copyOf(lines);
  }

  /** Something that happens, before it is filled in. */
  private record Raw(
      Place place,
      Instant at,
      String event,
      @Nullable String contract,
      ConfigNode data,
      boolean skipped) {}

  private Raw raw(Settings section) {
    section.requireAll("at", "event");
    Instant at = section.read("at", midnight(), times::instant, Times.ALLOWED);
    String event = section.choice("event", "Clock", Vocabulary.eventNames());
    String contract = section.text("contractId", "");
    boolean skipped = section.flag("skipped", false);
    ConfigNode data =
        section.node("data").orElse(new ConfigNode.Mapping(section.place(), List.of()));
    section.finish();
    Vocabulary.check(event, data, problems);
    return new Raw(section.place(), at, event, contract.isEmpty() ? null : contract, data, skipped);
  }

  private Instant midnight() {
    return times.instant("00:00").orElseThrow();
  }

  private void given(Settings given, List<Raw> raw, Completion completion, List<Happening> lines) {
    Instant first = raw.isEmpty() ? midnight() : raw.getFirst().at();
    Instant at = given.read("at", first, times::instant, Times.ALLOWED);
    given
        .node("contracts")
        .ifPresent(rows -> lines.add(happening(given.place(), at, "Contracts", rows, completion)));
    List<ConfigNode.Entry> members = new ArrayList<>();
    for (String member : Vocabulary.SNAPSHOT.keySet()) {
      given
          .node(member)
          .ifPresent(rows -> members.add(new ConfigNode.Entry(rows.place(), member, rows)));
    }
    given.finish();
    ConfigNode snapshot = new ConfigNode.Mapping(given.place(), List.copyOf(members));
    lines.add(happening(given.place(), at, "Snapshot", snapshot, completion));
  }

  private Happening happening(
      Place place, Instant at, String event, ConfigNode data, Completion completion) {
    Vocabulary.check(event, data, problems);
    return happening(new Raw(place, at, event, null, data, false), completion);
  }

  private static Happening happening(Raw raw, Completion completion) {
    JsonNode data = RuleTree.json(raw.data());
    if (!raw.event().equals("ConfigChanged")) {
      completion.times(data);
      completion.fill(raw.event(), data, raw.at());
    }
    return new Happening(
        raw.place(), new Line(raw.at(), raw.event(), raw.contract(), data), raw.skipped());
  }

  private List<Expected> then() {
    top.require("then");
    List<Expected> expected = new ArrayList<>();
    for (Settings section : top.sections("then")) {
      expected.add(expected(section));
    }
    return List.copyOf(expected);
  }

  private Expected expected(Settings section) {
    section.require("decision");
    section.choice("decision", "violation", Vocabulary.DECISIONS);
    ObjectNode members = WireJson.mapper().createObjectNode();
    for (String name : section.names()) {
      section.node(name).ifPresent(value -> members.set(name, value(section, name, value)));
    }
    for (String name : section.names()) {
      if (!Vocabulary.DECISION.contains(name)) {
        section.error(
            name,
            "no decision has such a member"
                + Nearest.hint(name, Vocabulary.DECISION)
                + "; there are: "
                + String.join(", ", Vocabulary.DECISION));
      }
    }
    return new Expected(section.place(), members);
  }

  private JsonNode value(Settings section, String name, ConfigNode value) {
    JsonNode json = RuleTree.json(value);
    if (json.isContainer()) {
      section.error(name, "must be a single value");
    }
    if ((name.equals("t") || name.equals("until")) && json.isString()) {
      Optional<Instant> at = times.instant(json.stringValue());
      if (at.isEmpty()) {
        section.error(name, "must be " + Times.ALLOWED);
      }
      return at.isEmpty()
          ? json
          : WireJson.mapper().getNodeFactory().stringNode(at.get().toString());
    }
    return json;
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
