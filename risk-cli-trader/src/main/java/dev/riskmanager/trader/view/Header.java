package dev.riskmanager.trader.view;

import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.ClockView;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.GatewayState;
import dev.riskmanager.wire.GatewayView;
import dev.riskmanager.wire.HoursView;
import dev.riskmanager.wire.StatusView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who, where and when.
 *
 * <pre>
 *  RISK MANAGER  Main Trading Account (13298777)  PRACTICE           12:21:19 Chicago
 *  engine PROTECTING · gateway CONNECTED · data 0.1 s                 account 1 of 2
 *  day 2025-10-31 · reset in 04:38:40 · session open 02:38:40 · Thu 27 closed
 * </pre>
 */
public final class Header {
  private Header() {}

  /**
   * Draws it.
   *
   * @param model the model
   * @return three lines of the model's width
   */
  public static List<Line> lines(Model model) {
    return List.of(
        title(model).fit(model.columns()),
        health(model).fit(model.columns()),
        day(model).fit(model.columns()));
  }

  private static Line title(Model model) {
    AccountView account = model.account();
    Line.Builder line = Line.build().add(" RISK MANAGER  ", Style.TITLE);
    Line.Builder right = Line.build();
    StatusView status = model.status();
    if (status != null) {
      right.add(model.times().time(model.now()), Style.STRONG);
      right.add(" " + model.times().place() + " ", Style.DIM);
    }
    if (account != null) {
      Line badge = badge(account);
      String id = " (" + account.accountId() + ")  ";
      int room =
          model.columns()
              - line.line().width()
              - Width.of(id)
              - badge.width()
              - right.line().width()
              - 1;
      String name = Width.middle(Width.clean(account.name()), room, model.glyphs().cut());
      line.add(name, Style.STRONG).add(id, Style.DIM).add(badge);
    }
    return line.right(right.line(), model.columns(), Style.NORMAL).line();
  }

  private static Line badge(AccountView account) {
    Boolean simulated = account.simulated();
    if (simulated == null) {
      return Line.EMPTY;
    }
    return simulated ? Line.of("PRACTICE", Style.GOOD) : Line.of("LIVE", Style.WARN);
  }

  private static Line health(Model model) {
    StatusView status = model.status();
    String dot = " " + model.glyphs().dot() + " ";
    Line.Builder line = Line.build().add(" engine ", Style.DIM);
    if (model.link().state() == Link.State.GONE) {
      line.add("GONE", Style.BAD);
    } else if (status == null) {
      line.add("connecting", Style.DIM);
    } else {
      EngineState state = status.engine().state();
      line.add(state.words() + mark(model), old(model) ? Style.WARN : style(state));
    }
    if (status != null) {
      boolean gone = model.link().state() == Link.State.GONE;
      line.add(dot, Style.DIM)
          .add("gateway ", Style.DIM)
          .add(
              gone ? "unknown" : status.gateway().state().name() + mark(model),
              gone ? Style.DIM : old(model) ? Style.WARN : style(status.gateway().state()))
          .add(dot, Style.DIM)
          .add("data ", Style.DIM)
          .add(age(status.gateway(), model.link()));
    }
    int room = model.columns() - line.line().width() - 1;
    return line.right(accounts(model, room), model.columns(), Style.NORMAL).line();
  }

  /** Whether the engine has been silent for so long that what it said last is doubtful. */
  private static boolean old(Model model) {
    return Link.freshness(model.link().age()) != Link.Freshness.FRESH;
  }

  private static String mark(Model model) {
    return old(model) ? "?" : "";
  }

  /**
   * How old what is known of the venue is.
   *
   * @param gateway the connection as the engine reported it
   * @param link how long ago that was, and whether there is more to come
   * @return the age, marked when it is stale or amounts to no data
   */
  public static Line age(GatewayView gateway, Link link) {
    Long atReport = gateway.lastEventAgeMs();
    if (atReport == null) {
      return Line.of("none yet", Style.WARN);
    }
    Duration age = link.age().plusMillis(Math.max(0, atReport));
    Link.Freshness freshness = Link.freshness(age);
    if (freshness == Link.Freshness.FRESH) {
      return Line.of(Times.age(age) + " old", Style.GOOD);
    }
    boolean connected = isConnected(gateway, link);
    if (connected && Boolean.FALSE.equals(gateway.marketOpen())) {
      return Line.of(Times.age(age) + ", market closed", Style.DIM);
    }
    // A gateway that is lost says so beside it.
    String quiet = connected ? ": quiet" : "";
    return freshness == Link.Freshness.STALE
        ? Line.of(Times.age(age) + ", STALE" + quiet, Style.WARN)
        : Line.of(Times.age(age) + ", NO DATA" + quiet, connected ? Style.WARN : Style.BAD);
  }

  /**
   * What the mark at the age of the data means.
   *
   * @return a sentence, empty while the data is fresh or nothing was heard yet
   */
  static String whyOld(GatewayView gateway, Link link) {
    Long atReport = gateway.lastEventAgeMs();
    Duration age = link.age().plusMillis(atReport == null ? 0 : Math.max(0, atReport));
    if (atReport == null || Link.freshness(age) == Link.Freshness.FRESH) {
      return "";
    }
    if (!isConnected(gateway, link)) {
      boolean told = link.state() == Link.State.LIVE && gateway.state() != GatewayState.CONNECTED;
      return told
          ? "the connection to the venue is lost"
          : "there is no engine that would tell of the venue";
    }
    return Boolean.FALSE.equals(gateway.marketOpen())
        ? "the venue is connected and silent: the market is closed"
        : "the venue is connected and silent: it says something every 15 s even when nothing"
            + " happens";
  }

  private static boolean isConnected(GatewayView gateway, Link link) {
    // An engine that is silent itself tells nothing of the venue.
    return gateway.state() == GatewayState.CONNECTED
        && link.state() == Link.State.LIVE
        && Link.freshness(link.age()) == Link.Freshness.FRESH;
  }

  /** Which account it is of how many; fewer words where there is no room for all. */
  private static Line accounts(Model model, int room) {
    StatusView status = model.status();
    if (status == null || status.accounts().size() < 2) {
      return Line.EMPTY;
    }
    long locked = status.accounts().stream().filter(AccountView::locked).count();
    Line place =
        Line.of((model.accountIndex() + 1) + " of " + status.accounts().size() + " ", Style.STRONG);
    Line named = Line.of("account ", Style.DIM).then(place);
    Line others = locked == 0 ? Line.EMPTY : Line.of(locked + " locked, ", Style.BAD);
    return Stream.of(others.then(named), others.then(place), place)
        .filter(line -> line.width() <= room)
        .findFirst()
        .orElse(Line.EMPTY);
  }

  private static Line day(Model model) {
    StatusView status = model.status();
    ClockView clock = status == null ? null : status.clock();
    if (clock == null) {
      return Line.EMPTY;
    }
    Line.Builder line =
        Line.build()
            .add(" day ", Style.DIM)
            .add(clock.tradingDay().toString())
            .add(" " + model.glyphs().dot() + " reset in ", Style.DIM)
            .add(Times.countdown(clock.nextReset(), model.now()), Style.STRONG);
    for (Line part : hours(model.details().hours(), model)) {
      // Half a date is worse than none.
      if (line.line().width() + part.width() <= model.columns()) {
        line.add(part);
      }
    }
    return line.line();
  }

  /** The session and the next holiday, the more urgent first. */
  private static List<Line> hours(@Nullable HoursView hours, Model model) {
    if (hours == null) {
      return List.of();
    }
    String dot = " " + model.glyphs().dot() + " ";
    List<Line> parts = new ArrayList<>();
    AccountView account = model.account();
    List<HoursView.SessionView> sessions =
        HoursPanel.sessions(hours, account == null ? null : account.accountId());
    if (!sessions.isEmpty()) {
      HoursView.SessionView session = sessions.getFirst();
      Instant changes = session.changesAt();
      String left = changes == null ? "" : " " + Times.countdown(changes, model.now());
      String whose = session.symbol() == null ? "session " : session.symbol() + " session ";
      parts.add(
          Line.build()
              .add(dot + whose, Style.DIM)
              .add(session.open() ? "open" : "closed", session.open() ? Style.GOOD : Style.WARN)
              .add(left.isEmpty() ? "" : (session.open() ? "" : ", opens in") + left)
              .line());
    }
    if (!hours.holidays().isEmpty()) {
      HoursView.HolidayView next = hours.holidays().getFirst();
      Instant closes = next.closesAt();
      String until = closes == null ? " closed" : " closes " + model.times().minute(closes);
      parts.add(
          Line.build()
              .add(dot, Style.DIM)
              .add(Times.weekdayAndDay(next.date()) + until, Style.WARN)
              .line());
    }
    return parts;
  }

  /**
   * How a state of the engine is to be seen.
   *
   * @param state the state
   * @return its style
   */
  public static Style style(EngineState state) {
    return switch (state) {
      case PROTECTING -> Style.GOOD;
      case DEGRADED, STARTING, UNKNOWN -> Style.WARN;
      case NOT_PROTECTED, STOPPING -> Style.BAD;
    };
  }

  /**
   * How a state of the gateway is to be seen.
   *
   * @param state the state
   * @return its style
   */
  public static Style style(GatewayState state) {
    return switch (state) {
      case CONNECTED -> Style.GOOD;
      case CONNECTING, RECONNECTING, UNKNOWN -> Style.WARN;
      case DISCONNECTED -> Style.BAD;
    };
  }
}
