package dev.riskmanager.daemon.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Where in a text each node begins and ends, for changing it without touching anything else. */
final class YamlSpans {
  /**
   * A node of the text. Positions count characters; the end is exclusive, and of a block collection
   * it is the end of its last value: comments and blank lines behind it belong to nobody.
   */
  static final class Node {
    final boolean mapping;
    final boolean sequence;
    final boolean flow;
    final int start;
    int end;
    final List<Entry> entries = new ArrayList<>();
    final List<Node> items = new ArrayList<>();
    private @Nullable Entry waiting;

    private Node(boolean mapping, boolean sequence, boolean flow, int start, int end) {
      this.mapping = mapping;
      this.sequence = sequence;
      this.flow = flow;
      this.start = start;
      this.end = end;
    }

    @Nullable Entry entry(String key) {
      for (Entry entry : entries) {
        if (entry.key.equals(key)) {
          return entry;
        }
      }
      return null;
    }

    /** Whether nothing is written where a value would stand. */
    boolean isAbsent() {
      return !mapping && !sequence && start == end;
    }
  }

  /** A key with its value. */
  static final class Entry {
    final String key;
    final int start;

    /** Of the key, from 0. */
    final int column;

    Node value;

    private Entry(String key, int start, int column, int end) {
      this.key = key;
      this.start = start;
      this.column = column;
      this.value = new Node(false, false, false, end, end);
    }
  }

  private final String text;
  private final Deque<Node> open = new ArrayDeque<>();
  private @Nullable Node root;

  private YamlSpans(String text) {
    this.text = text;
  }

  /**
   * The tree of a text that {@link YamlFile} accepts; without content, null.
   *
   * @param text without a byte order mark
   */
  static @Nullable Node of(String text) {
    YamlSpans spans = new YamlSpans(text);
    for (Event event :
        new Parse(LoadSettings.builder().setCodePointLimit(YamlFile.MAX_BYTES).build())
            .parseString(text)) {
      spans.take(event);
    }
    return spans.root;
  }

  private void take(Event event) {
    if (event instanceof ScalarEvent scalar) {
      Mark start = scalar.getStartMark().orElseThrow();
      int from = index(start);
      int to = index(scalar.getEndMark().orElseThrow());
      Node parent = open.peek();
      if (parent != null && parent.mapping && parent.waiting == null) {
        parent.waiting = new Entry(scalar.getValue(), from, start.getColumn(), to);
      } else {
        put(new Node(false, false, false, from, to));
      }
    } else if (event instanceof CollectionStartEvent collection) {
      boolean mapping = event instanceof MappingStartEvent;
      int from = index(collection.getStartMark().orElseThrow());
      open.push(new Node(mapping, !mapping, collection.isFlow(), from, from));
    } else if (event.getEventId() == Event.ID.MappingEnd
        || event.getEventId() == Event.ID.SequenceEnd) {
      Node closed = open.pop();
      closed.end =
          closed.flow
              ? index(event.getEndMark().orElseThrow())
              : Math.max(closed.end, closed.start);
      put(closed);
    }
  }

  private void put(Node node) {
    Node parent = open.peek();
    if (parent == null) {
      root = node;
      return;
    }
    Entry entry = parent.waiting;
    if (entry == null) {
      parent.items.add(node);
    } else {
      entry.value = node;
      parent.entries.add(entry);
      parent.waiting = null;
    }
    parent.end = Math.max(parent.end, node.end);
  }

  /** Marks count code points, strings count characters. */
  private int index(Mark mark) {
    return text.offsetByCodePoints(0, mark.getIndex());
  }
}
