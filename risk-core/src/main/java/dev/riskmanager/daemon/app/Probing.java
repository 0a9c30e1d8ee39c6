package dev.riskmanager.daemon.app;

import dev.riskmanager.wire.ProbesView;
import java.util.ArrayList;
import java.util.List;

/** Tries things one after another, and keeps what was seen and how long it took. */
final class Probing {
  private final List<ProbesView.Probe> probes = new ArrayList<>();

  /** One attempt. */
  @FunctionalInterface
  interface Attempt {
    /**
     * Tries it.
     *
     * @return what was seen, in one line
     */
    String run() throws Finding;
  }

  /** It is not as it should be. */
  static final class Finding extends Exception {
    private static final long serialVersionUID = 1;

    private final String remedy;

    /**
     * What was seen, and what to do.
     *
     * @param seen one line, without secrets
     * @param remedy one line
     */
    Finding(String seen, String remedy) {
      super(seen);
      this.remedy = remedy;
    }

    /** What to do. */
    String remedy() {
      return remedy;
    }
  }

  /** Whether it went well. */
  boolean tryOne(String name, Attempt attempt) {
    long began = System.nanoTime();
    ProbesView.Probe probe;
    try {
      String seen = attempt.run();
      probe = new ProbesView.Probe(name, true, since(began), seen, null);
    } catch (Finding e) {
      probe =
          new ProbesView.Probe(name, false, since(began), String.valueOf(e.getMessage()), e.remedy);
    } catch (RuntimeException e) {
      probe =
          new ProbesView.Probe(
              name, false, since(began), e.toString(), "this is a defect, please report it");
    }
    probes.add(probe);
    return probe.ok();
  }

  private static long since(long began) {
    return (System.nanoTime() - began) / 1_000_000;
  }

  List<ProbesView.Probe> all() {
    return List.copyOf(probes);
  }
}
