package dev.riskmanager.trader.app;

import dev.riskmanager.trader.view.ColorDepth;
import dev.riskmanager.trader.view.Line;
import dev.riskmanager.trader.view.Palette;
import dev.riskmanager.trader.view.Span;
import java.io.PrintStream;
import java.util.List;

/** Prints lines, with escapes only when there are colours to show. */
final class Printer {
  private final PrintStream out;
  private final ColorDepth depth;
  private final boolean styled;
  private final boolean ascii;

  /**
   * A printer.
   *
   * @param out where to
   * @param depth the colours of that terminal
   * @param styled whether it is a terminal at all
   * @param ascii whether it shows only ASCII
   */
  Printer(PrintStream out, ColorDepth depth, boolean styled, boolean ascii) {
    this.out = out;
    this.depth = depth;
    this.styled = styled && depth != ColorDepth.NONE;
    this.ascii = ascii;
  }

  void print(List<Line> lines) {
    lines.forEach(this::print);
  }

  void print(Line line) {
    StringBuilder text = new StringBuilder();
    for (Span span : (ascii ? line.ascii() : line).spans()) {
      String codes = styled ? codes(Palette.look(span.style(), depth)) : "";
      if (codes.isEmpty()) {
        text.append(span.text());
      } else {
        text.append("\033[").append(codes).append('m').append(span.text()).append("\033[0m");
      }
    }
    out.println(styled ? text : text.toString().stripTrailing());
  }

  private static String codes(Palette.Look look) {
    StringBuilder codes = new StringBuilder();
    add(codes, look.bold() ? "1" : "");
    add(codes, look.reverse() ? "7" : "");
    Palette.Color foreground = look.foreground();
    Palette.Color background = look.background();
    add(codes, foreground == null ? "" : foreground.sgr(30));
    add(codes, background == null ? "" : background.sgr(40));
    return codes.toString();
  }

  private static void add(StringBuilder codes, String code) {
    if (!code.isEmpty()) {
      codes.append(codes.isEmpty() ? "" : ";").append(code);
    }
  }
}
