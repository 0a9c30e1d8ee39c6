package dev.riskmanager.daemon.config;

import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.ConfigNode.Place;
import dev.riskmanager.domain.settings.Problems;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds the tree of one text from the parser's events, with a stack of its own: a composer would
 * recurse, and a file of ten thousand brackets would end the engine.
 */
final class YamlTree {
  /** The deepest section of the configuration is four levels down. */
  private static final int MAX_DEPTH = 20;

  private final String name;
  private final String text;
  private final Problems problems;
  private final Deque<Open> open = new ArrayDeque<>();
  private @Nullable ConfigNode root;

  YamlTree(String name, String text, Problems problems) {
    this.name = name;
    this.text = text;
    this.problems = problems;
  }

  /** A collection whose end has not been seen, with the key that waits for its value. */
  private static final class Open {
    final Place place;
    final boolean mapping;
    final List<ConfigNode> items = new ArrayList<>();
    final List<ConfigNode.Entry> entries = new ArrayList<>();
    @Nullable Place keyPlace;
    String key = "";

    Open(Place place, boolean mapping) {
      this.place = place;
      this.mapping = mapping;
    }

    ConfigNode close() {
      return mapping
          ? new ConfigNode.Mapping(place, List.copyOf(entries))
          : new ConfigNode.Sequence(place, List.copyOf(items));
    }
  }

  /** Says that reading ended at an error that is already among the problems. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused() {
      super("refused", null, false, false);
    }
  }

  Optional<ConfigNode> read() {
    LoadSettings settings =
        LoadSettings.builder().setLabel(name).setCodePointLimit(YamlFile.MAX_BYTES).build();
    try {
      for (Event event : new Parse(settings).parseString(text)) {
        take(event);
      }
    } catch (Refused e) {
      return Optional.empty();
    } catch (MarkedYamlEngineException e) {
      Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
      problems.error(place(mark), "", "not valid YAML: " + YamlErrors.explain(e, text));
      return Optional.empty();
    } catch (ReaderException e) {
      problems.error(
          placeAt(e.getPosition()),
          "",
          String.format(
              "a character that YAML does not allow (U+%04X); remove it", e.getCodePoint()));
      return Optional.empty();
    } catch (YamlEngineException e) {
      problems.error(new Place(name, 0, 0), "", "not valid YAML: " + e.getMessage());
      return Optional.empty();
    }
    // A file of comments only is one in which nothing is set.
    ConfigNode tree =
        root != null ? root : new ConfigNode.Mapping(new Place(name, 1, 1), List.of());
    if (tree instanceof ConfigNode.Scalar scalar && scalar.isEmpty()) {
      tree = new ConfigNode.Mapping(scalar.place(), List.of());
    }
    return Optional.of(tree);
  }

  private void take(Event event) throws Refused {
    Place place = place(event.getStartMark().orElse(null));
    if (event instanceof AliasEvent) {
      throw refuse(place, "aliases (*name) are not supported; write the value out");
    }
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      throw refuse(
          place, "anchors (&name) are not supported; write the value out where it is used");
    }
    switch (event.getEventId()) {
      case Scalar -> scalar(place, (ScalarEvent) event);
      case MappingStart, SequenceStart -> start(place, (CollectionStartEvent) event);
      case MappingEnd, SequenceEnd -> put(open.pop().close());
      case DocumentStart -> {
        if (root != null) {
          throw refuse(place, "a second document (---); a configuration file has one");
        }
      }
      case StreamStart, StreamEnd, DocumentEnd, Comment, Alias -> {}
    }
  }

  private void start(Place place, CollectionStartEvent event) throws Refused {
    refuseTag(place, event.getTag());
    Open parent = open.peek();
    if (parent != null && parent.mapping && parent.keyPlace == null) {
      throw refuse(place, "a key must be a word, not a list or a section; is a quote missing?");
    }
    if (open.size() >= MAX_DEPTH) {
      throw refuse(place, "sections within sections, more than " + MAX_DEPTH + " deep");
    }
    open.push(new Open(place, event instanceof MappingStartEvent));
  }

  private void scalar(Place place, ScalarEvent event) throws Refused {
    refuseTag(place, event.getTag());
    Open parent = open.peek();
    if (parent != null && parent.mapping && parent.keyPlace == null) {
      if (event.getValue().isEmpty()) {
        throw refuse(place, "a key is missing before the colon");
      }
      parent.keyPlace = place;
      parent.key = event.getValue();
      return;
    }
    put(new ConfigNode.Scalar(place, event.getValue(), !event.isPlain()));
  }

  private void put(ConfigNode value) {
    Open parent = open.peek();
    if (parent == null) {
      root = value;
    } else if (parent.keyPlace != null) {
      parent.entries.add(new ConfigNode.Entry(parent.keyPlace, parent.key, value));
      parent.keyPlace = null;
    } else {
      parent.items.add(value);
    }
  }

  private void refuseTag(Place place, Optional<String> tag) throws Refused {
    if (tag.isPresent()) {
      throw refuse(place, "tags (" + tag.get() + ") are not supported; write the plain value");
    }
  }

  private Refused refuse(Place place, String message) {
    problems.error(place, "", message);
    return new Refused();
  }

  private Place place(@Nullable Mark mark) {
    return mark == null
        ? new Place(name, 0, 0)
        : new Place(name, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** The place of a code point of the text. */
  private Place placeAt(int position) {
    int line = 1;
    int column = 1;
    int seen = 0;
    for (int i = 0; i < text.length() && seen < position; seen++) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      column = c == '\n' ? 1 : column + 1;
      line += c == '\n' ? 1 : 0;
    }
    return new Place(name, line, column);
  }
}
