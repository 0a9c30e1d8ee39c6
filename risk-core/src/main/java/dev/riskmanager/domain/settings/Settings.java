package dev.riskmanager.domain.settings;

import dev.riskmanager.domain.model.Money;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One section of a configuration, read key by key. What is wrong goes to {@link Problems} and the
 * fallback is returned, so that reading goes on and every error is found; {@link #finish} then
 * names the keys that nobody read, with the nearest key that exists.
 *
 * <p>Owned by one thread while it is read.
 */
public final class Settings {
  private final String path;
  private final ConfigNode.Mapping section;
  private final Problems problems;
  private final Wanted wanted;
  private final Set<String> known = new LinkedHashSet<>();

  private Settings(String path, ConfigNode.Mapping section, Problems problems) {
    this.path = path;
    this.section = section;
    this.problems = problems;
    this.wanted = new Wanted(problems);
    Map<String, ConfigNode.Place> seen = new LinkedHashMap<>();
    for (ConfigNode.Entry entry : section.entries()) {
      ConfigNode.Place first = seen.putIfAbsent(entry.key(), entry.place());
      if (first != null) {
        problems.error(
            entry.place(),
            child(entry.key()),
            "the key is there twice (first in line " + first.line() + "); remove one");
      }
    }
  }

  /**
   * Reads a node that must be a mapping; anything else is an error and reads as an empty one. A
   * section whose keys are all commented out is an empty one.
   */
  public static Settings of(String path, ConfigNode node, Problems problems) {
    if (node instanceof ConfigNode.Mapping mapping) {
      return new Settings(path, mapping, problems);
    }
    if (node instanceof ConfigNode.Scalar scalar && scalar.isEmpty()) {
      return new Settings(path, new ConfigNode.Mapping(node.place(), List.of()), problems);
    }
    problems.error(node.place(), path, "must be a section of keys and values");
    return new Settings(path, new ConfigNode.Mapping(node.place(), List.of()), problems);
  }

  public ConfigNode.Place place() {
    return section.place();
  }

  public String path() {
    return path;
  }

  public Problems problems() {
    return problems;
  }

  public boolean has(String key) {
    return entry(key).isPresent();
  }

  /**
   * The keys of this section as they stand, in the order of the file; for sections of free names.
   */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (ConfigNode.Entry entry : section.entries()) {
      names.add(entry.key());
    }
    return names;
  }

  /** Reports an error at the place of a key (at the section when the key is absent). */
  public void error(String key, String message) {
    problems.error(placeOf(key), child(key), message);
  }

  /** Reports a warning at the place of a key (at the section when the key is absent). */
  public void warning(String key, String message) {
    problems.warning(placeOf(key), child(key), message);
  }

  /** A sub-section; empty when the key is absent. */
  public Optional<Settings> section(String key) {
    return value(key).map(node -> of(child(key), node, problems));
  }

  /** The sub-sections of a list; empty when the key is absent. */
  public List<Settings> sections(String key) {
    List<Settings> result = new ArrayList<>();
    int index = 0;
    for (ConfigNode item : items(key)) {
      result.add(of(child(key) + "[" + index++ + "]", item, problems));
    }
    return result;
  }

  /** The texts of a list; empty when the key is absent. */
  public List<String> texts(String key) {
    return list(key, Values::text, "a text");
  }

  /** The values of a list, read by their owner's parser; empty when the key is absent. */
  public <T> List<T> list(String key, Function<String, Optional<T>> parser, String allowed) {
    List<T> result = new ArrayList<>();
    int index = 0;
    for (ConfigNode item : items(key)) {
      wanted.value(item, child(key) + "[" + index++ + "]", parser, allowed).ifPresent(result::add);
    }
    return result;
  }

  /** As {@link #list}, in the order of the file; a value that is there twice is an error. */
  public <T> Set<T> distinct(String key, Function<String, Optional<T>> parser, String allowed) {
    Set<T> result = new LinkedHashSet<>();
    int index = 0;
    for (ConfigNode item : items(key)) {
      String at = child(key) + "[" + index++ + "]";
      Optional<T> value = wanted.value(item, at, parser, allowed);
      if (value.isPresent() && !result.add(value.get())) {
        problems.error(item.place(), at, "is there twice; remove one");
      }
    }
    return result;
  }

  /** The node of a key as it stands, for somebody else to read; empty when the key is absent. */
  public Optional<ConfigNode> node(String key) {
    return value(key);
  }

  public boolean flag(String key, boolean fallback) {
    problems.asked(child(key), List.of("true", "false"));
    return read(key, fallback, Values::flag, "true or false");
  }

  public String text(String key, String fallback) {
    return read(key, fallback, Values::text, "a text");
  }

  /** A whole number from {@code min} to {@code max}. */
  public long whole(String key, long fallback, long min, long max) {
    return read(
        key,
        fallback,
        text -> Values.whole(text).filter(n -> n >= min && n <= max),
        max == Long.MAX_VALUE
            ? "a whole number of at least " + min
            : "a whole number from " + min + " to " + max);
  }

  /** An amount in dollars below zero. */
  public Money negativeMoney(String key, Money fallback) {
    return read(
        key, fallback, text -> Values.money(text).filter(m -> m.signum() < 0), "an amount below 0");
  }

  /** An amount in dollars above zero. */
  public Money positiveMoney(String key, Money fallback) {
    return read(
        key, fallback, text -> Values.money(text).filter(m -> m.signum() > 0), "an amount above 0");
  }

  /** A duration: seconds as a number, or {@code 90s}, {@code 30m}, {@code 1h30m}, {@code 250ms}. */
  public Duration duration(String key, Duration fallback) {
    return read(key, fallback, Values::duration, "a duration such as 90, 90s, 30m or 1h30m");
  }

  /** A duration from {@code min} to {@code max}. */
  public Duration duration(String key, Duration fallback, Duration min, Duration max) {
    return read(
        key,
        fallback,
        text -> Values.duration(text).filter(d -> d.compareTo(min) >= 0 && d.compareTo(max) <= 0),
        "a duration from "
            + Values.show(min)
            + " to "
            + Values.show(max)
            + ", such as 90, 90s, 30m or 1h30m");
  }

  /** A duration above zero. */
  public Duration positiveDuration(String key, Duration fallback) {
    return read(
        key,
        fallback,
        text -> Values.duration(text).filter(duration -> !duration.isZero()),
        "a duration above 0, such as 90, 90s, 30m or 1h30m");
  }

  /** A local time of day, {@code HH:MM}. */
  public LocalTime time(String key, LocalTime fallback) {
    return read(key, fallback, Values::time, "a time such as \"17:00\"");
  }

  /** A time zone by its name in the IANA database. */
  public ZoneId zone(String key, ZoneId fallback) {
    return value(key)
        .flatMap(
            node ->
                wanted.value(
                    node,
                    child(key),
                    Values::zone,
                    "a time zone such as America/Chicago",
                    ZoneId.getAvailableZoneIds()))
        .orElse(fallback);
  }

  /** One of a few words. */
  public String choice(String key, String fallback, List<String> allowed) {
    problems.asked(child(key), allowed);
    return value(key)
        .flatMap(
            node ->
                wanted.value(
                    node,
                    child(key),
                    text -> allowed.contains(text) ? Optional.of(text) : Optional.empty(),
                    "one of " + String.join(", ", allowed),
                    allowed))
        .orElse(fallback);
  }

  /** Whether a value that must be there is there; its absence is an error. */
  public boolean require(String key) {
    known.add(key);
    if (has(key)) {
      return true;
    }
    problems.error(place(), child(key), "is missing; add it");
    return false;
  }

  /** Whether all values that must be there are there; the absence of each is an error. */
  public boolean requireAll(String... keys) {
    boolean complete = true;
    for (String key : keys) {
      complete = require(key) && complete;
    }
    return complete;
  }

  /** As {@link #read}; empty when the key is absent or wrong. */
  public <T> Optional<T> optional(
      String key, Function<String, Optional<T>> parser, String allowed) {
    return value(key).flatMap(node -> wanted.value(node, child(key), parser, allowed));
  }

  /** A value of any form, read by its owner's parser; {@code allowed} says what it may be. */
  public <T> T read(String key, T fallback, Function<String, Optional<T>> parser, String allowed) {
    return optional(key, parser, allowed).orElse(fallback);
  }

  /** As {@link #read} for a value that no message may show, such as a password or a token. */
  public <T> Optional<T> hidden(String key, Function<String, Optional<T>> parser, String allowed) {
    return value(key)
        .flatMap(node -> wanted.value(Wanted.masked(node), child(key), parser, allowed));
  }

  /** Keys that may be there, read only when they are. */
  public void allow(String... keys) {
    known.addAll(List.of(keys));
    for (String key : keys) {
      problems.asked(child(key), List.of());
    }
  }

  /** Names every key of this section that nobody has read. */
  public void finish() {
    for (ConfigNode.Entry entry : section.entries()) {
      if (!known.contains(entry.key())) {
        problems.error(
            entry.place(),
            child(Wanted.clip(entry.key())),
            "unknown key"
                + Nearest.hint(Wanted.clip(entry.key()), known)
                + (known.isEmpty() ? "" : "; allowed here: " + String.join(", ", known)));
      }
    }
  }

  private List<ConfigNode> items(String key) {
    Optional<ConfigNode> node = value(key);
    if (node.isEmpty()) {
      return List.of();
    }
    if (node.get() instanceof ConfigNode.Scalar scalar && scalar.isEmpty()) {
      return List.of();
    }
    if (node.get() instanceof ConfigNode.Sequence sequence) {
      return sequence.items();
    }
    problems.error(node.get().place(), child(key), "must be a list");
    return List.of();
  }

  private Optional<ConfigNode> value(String key) {
    known.add(key);
    problems.asked(child(key), List.of());
    return entry(key).map(ConfigNode.Entry::value);
  }

  private Optional<ConfigNode.Entry> entry(String key) {
    for (ConfigNode.Entry entry : section.entries()) {
      if (entry.key().equals(key)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  private ConfigNode.Place placeOf(String key) {
    return entry(key).map(entry -> entry.value().place()).orElse(section.place());
  }

  private String child(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
