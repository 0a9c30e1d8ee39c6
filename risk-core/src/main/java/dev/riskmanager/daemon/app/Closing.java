package dev.riskmanager.daemon.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be closed, in the reverse order of opening; one failure does not keep the rest open.
 */
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger("engine");

  private final Deque<Step> steps = new ArrayDeque<>();

  private record Step(String what, Action action) {}

  /** Closes one thing. */
  @FunctionalInterface
  interface Action {
    void run() throws Exception;
  }

  synchronized void add(String what, Action action) {
    steps.push(new Step(what, action));
  }

  synchronized void run() {
    while (!steps.isEmpty()) {
      Step step = steps.pop();
      try {
        step.action().run();
      } catch (Exception e) {
        LOG.warn("Closing the {} failed: {}", step.what(), e.toString());
      }
    }
  }
}
