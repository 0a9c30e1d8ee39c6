package dev.riskmanager.trader.view;

import java.util.List;

/**
 * What is on the screen.
 *
 * @param lines as many as the terminal has rows, each as wide as the terminal
 * @param page how many lines a page has
 * @param maxScroll how far one can scroll
 */
public record Frame(List<Line> lines, int page, int maxScroll) {
  public Frame {
    lines = List.copyOf(lines);
  }
}
