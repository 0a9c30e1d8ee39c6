package dev.riskmanager.trader.view;

import dev.riskmanager.wire.BlindWindowView;
import dev.riskmanager.wire.ConnectionHealth;
import dev.riskmanager.wire.ConnectionView;
import dev.riskmanager.wire.EngineView;
import dev.riskmanager.wire.GatewayView;
import dev.riskmanager.wire.StatusView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The engine, its connection to the venue, and ours to it.
 *
 * <pre>
 *   This program
 *     socket     /home/risk/run/view.sock
 *     state      connected, last word 0.1 s ago
 *   Engine
 *     state      PROTECTING
 *     process    4711, version 1.0.0
 *     started    2025-10-31 11:21:19 Chicago, 1h 00m ago
 *   Gateway
 *     state      CONNECTED
 *     data       0.1 s old
 *     reconnects 0
 *     user hub   HEALTHY
 *     market hub DEGRADED
 *                no market data for 60 s although the market is open
 *     REST       HEALTHY
 * </pre>
 */
public final class ConnectionsPanel {
  private ConnectionsPanel() {}

  /**
   * Draws it.
   *
   * @param status the newest picture, null before the first
   * @param link our connection
   * @param now the time
   * @param columns the width
   * @return the lines
   */
  public static List<Line> lines(@Nullable StatusView status, Link link, Instant now, int columns) {
    Fields fields = new Fields(12, columns);
    fields.title("This program");
    fields.add("socket", link.where());
    switch (link.state()) {
      case CONNECTING -> fields.add("state", "connecting", Style.WARN);
      case LIVE -> {
        Style style = Link.freshness(link.age()) == Link.Freshness.FRESH ? Style.GOOD : Style.WARN;
        fields.add("state", "connected, last word " + Times.age(link.age()) + " ago", style);
      }
      case GONE -> fields.add("state", link.message(), Style.BAD);
    }
    if (status == null) {
      return fields.lines();
    }
    Times times = Times.of(status.clock());
    engine(fields, status.engine(), times, now);
    gateway(fields, status, link, times, now);
    blindness(fields, status.gateway(), times, now);
    return fields.lines();
  }

  private static void engine(Fields fields, EngineView engine, Times times, Instant now) {
    fields.title("Engine");
    fields.add("state", engine.state().words(), Header.style(engine.state()));
    for (String problem : engine.problems()) {
      fields.add("problem", times.in(problem, now), Style.WARN);
    }
    fields.add("process", engine.pid() + ", version " + engine.version());
    fields.add(
        "started",
        times.named(engine.startedAt())
            + ", "
            + Times.age(Duration.between(engine.startedAt(), now))
            + " ago");
  }

  private static void gateway(
      Fields fields, StatusView status, Link link, Times times, Instant now) {
    GatewayView gateway = status.gateway();
    fields.title("Gateway");
    fields.add("state", gateway.state().name(), Header.style(gateway.state()));
    fields.add("data", Header.age(gateway, link));
    String why = Header.whyOld(gateway, link);
    if (!why.isEmpty()) {
      fields.add("", why, Style.DIM);
    }
    fields.add("reconnects", Long.toString(gateway.reconnects()));
    for (ConnectionView connection : gateway.connections()) {
      Style style = style(connection.health());
      fields.add(connection.name(), connection.health().name(), style);
      for (String reason : connection.reasons()) {
        if (!status.engine().problems().contains(reason)) {
          fields.add("", times.in(reason, now), style);
        }
      }
    }
  }

  private static Style style(ConnectionHealth health) {
    return switch (health) {
      case HEALTHY -> Style.GOOD;
      case DEGRADED -> Style.WARN;
      case DISCONNECTED -> Style.BAD;
    };
  }

  private static void blindness(Fields fields, GatewayView gateway, Times times, Instant now) {
    fields.title("Blind windows (" + times.place() + ")");
    List<BlindWindowView> windows = gateway.blindWindows();
    if (windows.isEmpty()) {
      fields.text("none since the engine started", Style.DIM);
    }
    for (BlindWindowView window : windows) {
      Instant until = window.until();
      Duration length = Duration.between(window.from(), until == null ? now : until);
      fields.add(
          times.stamp(window.from(), now),
          (until == null ? "still blind, " : "")
              + Times.age(length)
              + ": "
              + times.in(window.reason(), now),
          until == null ? Style.BAD : Style.NORMAL);
      for (String found : window.found()) {
        fields.add("  found", times.in(found, now));
      }
      for (String done : window.done()) {
        fields.add("  done", times.in(done, now), Style.WARN);
      }
    }
  }
}
