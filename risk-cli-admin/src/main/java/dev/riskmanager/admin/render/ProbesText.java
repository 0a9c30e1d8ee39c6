package dev.riskmanager.admin.render;

import dev.riskmanager.wire.ProbesView;
import java.util.ArrayList;
import java.util.List;

/** What was tried, for a person: a line for each, and under a red one what to do. */
public final class ProbesText {
  private ProbesText() {}

  /** The lines. */
  public static List<String> lines(List<ProbesView.Probe> probes, boolean color) {
    int name = probes.stream().mapToInt(probe -> probe.name().length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (ProbesView.Probe probe : probes) {
      lines.add(
          verdict(probe.ok(), color)
              + "  "
              + pad(probe.name(), name)
              + "  "
              + String.format(java.util.Locale.ROOT, "%6d ms", probe.tookMs())
              + "  "
              + probe.detail());
      String remedy = probe.remedy();
      if (remedy != null) {
        lines.add(" ".repeat(6 + name + 13) + "→ " + remedy);
      }
    }
    return lines;
  }

  private static String verdict(boolean ok, boolean color) {
    String text = ok ? "ok  " : "FAIL";
    return color ? (ok ? "\u001b[32m" : "\u001b[31m") + text + "\u001b[0m" : text;
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
