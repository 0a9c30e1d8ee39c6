package dev.riskmanager.domain.settings;

import dev.riskmanager.domain.settings.ConfigNode.Entry;
import dev.riskmanager.domain.settings.ConfigNode.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lays the rules of one account over those of all. */
public final class Overlay {
  private Overlay() {}

  /**
   * The base with the keys of the other replaced: sections key by key, values and lists as a whole.
   * Every node keeps the place it was written at, so a mistake is shown in the file it is in.
   *
   * @param base e.g. {@code risk_config.yaml}
   * @param over e.g. {@code rules} of an account
   */
  public static ConfigNode of(ConfigNode base, ConfigNode over) {
    if (!(base instanceof Mapping below) || !(over instanceof Mapping above)) {
      return over;
    }
    Map<String, Entry> replacing = new LinkedHashMap<>();
    List<Entry> twice = new ArrayList<>();
    for (Entry entry : above.entries()) {
      if (replacing.putIfAbsent(entry.key(), entry) != null) {
        // Kept, so that its reader reports it.
        twice.add(entry);
      }
    }
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : below.entries()) {
      Entry other = replacing.remove(entry.key());
      entries.add(
          other == null
              ? entry
              : new Entry(other.place(), entry.key(), of(entry.value(), other.value())));
    }
    entries.addAll(replacing.values());
    entries.addAll(twice);
    return new Mapping(below.place(), List.copyOf(entries));
  }
}
