package dev.riskmanager.domain.settings;

import dev.riskmanager.domain.model.Money;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One section of a configuration, read key by key. What is wrong goes to {@link Problems} and the
 * fallback is returned, so that reading goes on and every error is found; {@link #finish} then
 * names the keys that nobody read, with the nearest key that exists.
 *
 * <p>Owned by one thread while it is read.
 */
public final class Settings {
  private static final Pattern DURATION =
      Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,7})m(?!s))?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
  private static final int LONGEST_SHOWN = 60;
  private static final Pattern TIME = Pattern.compile("([01]?\\d|2[0-3]):([0-5]\\d)");

  private final String path;
  private final ConfigNode.Mapping section;
  private final Problems problems;
  private final Set<String> known = new LinkedHashSet<>();

  private Settings(String path, ConfigNode.Mapping section, Problems problems) {
    this.path = path;
    this.section = section;
    this.problems = problems;
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
    return list(key, Settings::parseText, "a text");
  }

  /** The values of a list, read by their owner's parser; empty when the key is absent. */
  public <T> List<T> list(String key, Function<String, Optional<T>> parser, String allowed) {
    List<T> result = new ArrayList<>();
    int index = 0;
    for (ConfigNode item : items(key)) {
      parse(item, child(key) + "[" + index++ + "]", parser, allowed).ifPresent(result::add);
    }
    return result;
  }

  /** As {@link #list}, in the order of the file; a value that is there twice is an error. */
  public <T> Set<T> distinct(String key, Function<String, Optional<T>> parser, String allowed) {
    Set<T> result = new LinkedHashSet<>();
    int index = 0;
    for (ConfigNode item : items(key)) {
      String at = child(key) + "[" + index++ + "]";
      Optional<T> value = parse(item, at, parser, allowed);
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
    return read(key, fallback, Settings::parseFlag, "true or false");
  }

  public String text(String key, String fallback) {
    return read(key, fallback, Settings::parseText, "a text");
  }

  /** A whole number from {@code min} to {@code max}. */
  public long whole(String key, long fallback, long min, long max) {
    return read(
        key,
        fallback,
        text -> parseWhole(text).filter(n -> n >= min && n <= max),
        max == Long.MAX_VALUE
            ? "a whole number of at least " + min
            : "a whole number from " + min + " to " + max);
  }

  /** An amount in dollars below zero. */
  public Money negativeMoney(String key, Money fallback) {
    return read(
        key, fallback, text -> parseMoney(text).filter(m -> m.signum() < 0), "an amount below 0");
  }

  /** An amount in dollars above zero. */
  public Money positiveMoney(String key, Money fallback) {
    return read(
        key, fallback, text -> parseMoney(text).filter(m -> m.signum() > 0), "an amount above 0");
  }

  /** A duration: seconds as a number, or {@code 90s}, {@code 30m}, {@code 1h30m}, {@code 250ms}. */
  public Duration duration(String key, Duration fallback) {
    return read(key, fallback, Settings::parseDuration, "a duration such as 90, 90s, 30m or 1h30m");
  }

  /** A duration from {@code min} to {@code max}. */
  public Duration duration(String key, Duration fallback, Duration min, Duration max) {
    return read(
        key,
        fallback,
        text -> parseDuration(text).filter(d -> d.compareTo(min) >= 0 && d.compareTo(max) <= 0),
        "a duration from " + show(min) + " to " + show(max) + ", such as 90, 90s, 30m or 1h30m");
  }

  /** A duration above zero. */
  public Duration positiveDuration(String key, Duration fallback) {
    return read(
        key,
        fallback,
        text -> parseDuration(text).filter(duration -> !duration.isZero()),
        "a duration above 0, such as 90, 90s, 30m or 1h30m");
  }

  /** A local time of day, {@code HH:MM}. */
  public LocalTime time(String key, LocalTime fallback) {
    return read(key, fallback, Settings::parseTime, "a time such as \"17:00\"");
  }

  /** A time zone by its name in the IANA database. */
  public ZoneId zone(String key, ZoneId fallback) {
    return value(key)
        .flatMap(
            node ->
                parse(
                    node,
                    child(key),
                    Settings::parseZone,
                    "a time zone such as America/Chicago",
                    ZoneId.getAvailableZoneIds()))
        .orElse(fallback);
  }

  /** One of a few words. */
  public String choice(String key, String fallback, List<String> allowed) {
    return value(key)
        .flatMap(
            node ->
                parse(
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
    return value(key).flatMap(node -> parse(node, child(key), parser, allowed));
  }

  /** A value of any form, read by its owner's parser; {@code allowed} says what it may be. */
  public <T> T read(String key, T fallback, Function<String, Optional<T>> parser, String allowed) {
    return optional(key, parser, allowed).orElse(fallback);
  }

  /** As {@link #read} for a value that no message may show, such as a password or a token. */
  public <T> Optional<T> hidden(String key, Function<String, Optional<T>> parser, String allowed) {
    return value(key).flatMap(node -> parse(masked(node), child(key), parser, allowed));
  }

  /** Keys that may be there, read only when they are. */
  public void allow(String... keys) {
    known.addAll(List.of(keys));
  }

  /** Names every key of this section that nobody has read. */
  public void finish() {
    for (ConfigNode.Entry entry : section.entries()) {
      if (!known.contains(entry.key())) {
        problems.error(
            entry.place(),
            child(clip(entry.key())),
            "unknown key"
                + Nearest.hint(clip(entry.key()), known)
                + (known.isEmpty() ? "" : "; allowed here: " + String.join(", ", known)));
      }
    }
  }

  /** A text that is not blank. */
  public static Optional<String> parseText(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }

  public static Optional<Boolean> parseFlag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  public static Optional<Long> parseWhole(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  public static Optional<Money> parseMoney(String text) {
    try {
      return Optional.of(Money.of(new BigDecimal(text)));
    } catch (ArithmeticException e) {
      return Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Seconds as a number, or hours, minutes, seconds and milliseconds in that order. */
  public static Optional<Duration> parseDuration(String text) {
    if (SECONDS.matcher(text).matches()) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    Matcher parts = DURATION.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofHours(amount(parts.group(1)))
            .plusMinutes(amount(parts.group(2)))
            .plusSeconds(amount(parts.group(3)))
            .plusMillis(amount(parts.group(4))));
  }

  public static Optional<LocalTime> parseTime(String text) {
    Matcher parts = TIME.matcher(text);
    return parts.matches()
        ? Optional.of(
            LocalTime.of(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2))))
        : Optional.empty();
  }

  public static Optional<ZoneId> parseZone(String text) {
    try {
      ZoneId zone = ZoneId.of(text);
      // An offset such as +01:00 knows no daylight saving: a trader who writes one means a place.
      return ZoneId.getAvailableZoneIds().contains(text) ? Optional.of(zone) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static long amount(@org.jspecify.annotations.Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** {@code 1h30m}: the way a duration is written here. */
  public static String show(Duration duration) {
    StringBuilder text = new StringBuilder();
    if (duration.toHours() > 0) {
      text.append(duration.toHours()).append('h');
    }
    if (duration.toMinutesPart() > 0) {
      text.append(duration.toMinutesPart()).append('m');
    }
    if (duration.toSecondsPart() > 0 || duration.isZero()) {
      text.append(duration.toSecondsPart()).append('s');
    }
    if (duration.toMillisPart() > 0) {
      text.append(duration.toMillisPart()).append("ms");
    }
    return text.toString();
  }

  private <T> Optional<T> parse(
      ConfigNode node, String at, Function<String, Optional<T>> parser, String allowed) {
    return parse(node, at, parser, allowed, List.of());
  }

  private <T> Optional<T> parse(
      ConfigNode node,
      String at,
      Function<String, Optional<T>> parser,
      String allowed,
      Collection<String> candidates) {
    if (!(node instanceof ConfigNode.Scalar scalar)) {
      problems.error(
          node.place(),
          at,
          "must be "
              + allowed
              + ", not "
              + (node instanceof ConfigNode.Sequence ? "a list" : "a section"));
      return Optional.empty();
    }
    if (scalar.isEmpty()) {
      problems.error(scalar.place(), at, "is empty; it must be " + allowed);
      return Optional.empty();
    }
    Optional<T> value = parser.apply(scalar.text().strip());
    if (value.isEmpty()) {
      problems.error(
          scalar.place(),
          at,
          "must be "
              + allowed
              + ", not \""
              + clip(scalar.shown())
              + "\""
              + Nearest.hint(clip(scalar.shown()), candidates));
    }
    return value;
  }

  private static ConfigNode masked(ConfigNode node) {
    return node instanceof ConfigNode.Scalar scalar
        ? new ConfigNode.Scalar(scalar.place(), scalar.text(), scalar.quoted(), "****")
        : node;
  }

  private static String clip(String shown) {
    return shown.length() <= LONGEST_SHOWN ? shown : shown.substring(0, LONGEST_SHOWN) + "…";
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
