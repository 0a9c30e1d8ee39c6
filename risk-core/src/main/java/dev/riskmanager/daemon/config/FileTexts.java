package dev.riskmanager.daemon.config;

import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a directory, some of them with another text than the one on the disk: what a change
 * would come to, before it is made.
 *
 * @param instead texts by the names of the files they stand for
 */
public record FileTexts(Path directory, Map<String, String> instead) {

  public FileTexts {
    instead = Map.copyOf(instead);
  }

  /** The files as they are. */
  public static FileTexts of(Path directory) {
    return new FileTexts(directory, Map.of());
  }

  /** Whether there is such a file; a dangling link is a mistake, not an absent file. */
  boolean has(String name) {
    return instead.containsKey(name)
        || Files.exists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  /** Reads one; as {@link YamlFile#read}. */
  Optional<ConfigNode> read(String name, Problems problems) {
    String text = instead.get(name);
    return text == null
        ? YamlFile.read(directory.resolve(name), problems)
        : YamlFile.parse(name, text, problems);
  }
}
