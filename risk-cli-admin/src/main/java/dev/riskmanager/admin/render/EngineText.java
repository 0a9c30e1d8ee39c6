package dev.riskmanager.admin.render;

import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.ConnectionView;
import dev.riskmanager.wire.EngineView;
import dev.riskmanager.wire.GatewayView;
import dev.riskmanager.wire.StatusView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The engine and its connection, for a person. */
public final class EngineText {
  private EngineText() {}

  /** The lines. */
  public static List<String> lines(StatusView status) {
    EngineView engine = status.engine();
    GatewayView gateway = status.gateway();
    List<String> lines = new ArrayList<>();
    lines.add(
        "Engine   "
            + engine.state().words()
            + "  pid "
            + engine.pid()
            + "  version "
            + engine.version()
            + "  up "
            + Durations.text(Duration.ofSeconds(engine.uptimeSeconds())));
    Long age = gateway.lastEventAgeMs();
    lines.add(
        "Gateway  "
            + gateway.state()
            + (age == null ? "" : "  last message " + age + " ms ago")
            + "  reconnects "
            + gateway.reconnects());
    for (ConnectionView connection : gateway.connections()) {
      lines.add("         " + connection.name() + " " + connection.health());
      connection.reasons().stream()
          .filter(reason -> !engine.problems().contains(reason))
          .forEach(reason -> lines.add("         " + reason));
    }
    for (AccountView account : status.accounts()) {
      lines.add(
          "Account  "
              + account.accountId()
              + " "
              + account.name()
              + (account.notProtected() == null ? "" : "  NOT PROTECTED")
              + (account.locked()
                  ? "  LOCKED"
                  // What holds an account at the start is decided in the same moment.
                  : engine.problems().isEmpty() ? "  open for trading" : "  not locked"));
    }
    engine.problems().forEach(problem -> lines.add("Problem  " + problem));
    return lines;
  }
}
