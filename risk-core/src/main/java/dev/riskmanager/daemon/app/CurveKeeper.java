package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.status.DayCurve;
import dev.riskmanager.daemon.status.StatusViews;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.wire.CurveView;
import dev.riskmanager.wire.WireJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Keeps how the P&amp;L of each account's trading day went, for the trader's screen. Nothing is
 * decided by it: it has a file of its own, which is not waited for and may be lost, so that the
 * disk's turns belong to the lockouts. Safe for many threads.
 */
final class CurveKeeper {
  private static final Logger LOG = LoggerFactory.getLogger("engine");
  private static final int SAVE_SECONDS = 60;

  private final Supplier<EngineState> state;
  private final InstantSource clock;
  private final Path file;
  private final Map<Long, DayCurve> curves = new TreeMap<>();
  private boolean unsaved;

  CurveKeeper(Supplier<EngineState> state, InstantSource clock, Path file) {
    this.state = state;
    this.clock = clock;
    this.file = file;
  }

  /** With what was kept. */
  static CurveKeeper of(Supplier<EngineState> state, InstantSource clock, Path file) {
    CurveKeeper keeper = new CurveKeeper(state, clock, file);
    keeper.load();
    return keeper;
  }

  /** Reads what was kept, and goes on once a second as soon as the books are the venue's. */
  static CurveKeeper start(
      Path data,
      Supplier<EngineState> state,
      InstantSource clock,
      ScheduledExecutorService scheduler,
      BooleanSupplier ready,
      Closing closing) {
    CurveKeeper keeper = of(state, clock, data.resolve("pnl_curve.json"));
    scheduler.scheduleWithFixedDelay(
        () -> {
          if (ready.getAsBoolean()) {
            keeper.sample();
          }
        },
        1,
        1,
        TimeUnit.SECONDS);
    scheduler.scheduleWithFixedDelay(keeper::save, SAVE_SECONDS, SAVE_SECONDS, TimeUnit.SECONDS);
    closing.add("P&L curve", keeper::save);
    return keeper;
  }

  /** Takes down what is true now. */
  synchronized void sample() {
    Instant now = clock.instant();
    for (StatusViews.DayTotal day : StatusViews.totals(state.get(), now)) {
      DayCurve before = curves.get(day.account());
      DayCurve curve =
          before == null || !before.tradingDay().equals(day.tradingDay())
              ? DayCurve.of(day.tradingDay())
              : before;
      DayCurve after = day.total().map(total -> curve.plus(now, total)).orElse(curve);
      if (after != before) {
        curves.put(day.account(), after);
        unsaved = true;
      }
    }
  }

  /** What is known of the trading days that are now. */
  CurveView view(OptionalLong only) {
    Instant now = clock.instant();
    List<CurveView.AccountCurve> views = new ArrayList<>();
    for (StatusViews.DayTotal day : StatusViews.totals(state.get(), now)) {
      if (only.isEmpty() || only.getAsLong() == day.account()) {
        views.add(view(day.account(), day.tradingDay()));
      }
    }
    return new CurveView(now, views);
  }

  private synchronized CurveView.AccountCurve view(long account, LocalDate tradingDay) {
    DayCurve curve = curves.get(account);
    List<DayCurve.Point> points =
        curve == null || !curve.tradingDay().equals(tradingDay) ? List.of() : curve.points();
    return accountCurve(account, tradingDay, points);
  }

  private static CurveView.AccountCurve accountCurve(
      long account, LocalDate tradingDay, List<DayCurve.Point> points) {
    return new CurveView.AccountCurve(
        account,
        tradingDay,
        points.stream()
            .map(p -> new CurveView.CurvePointView(p.t(), p.total().toCents().toString()))
            .toList());
  }

  private synchronized void load() {
    if (!Files.exists(file)) {
      return;
    }
    try {
      CurveView kept = WireJson.read(Files.readString(file), CurveView.class);
      for (CurveView.AccountCurve curve : kept.accounts()) {
        List<DayCurve.Point> points = new ArrayList<>();
        curve.points().forEach(p -> points.add(new DayCurve.Point(p.t(), Money.of(p.total()))));
        curves.put(curve.accountId(), DayCurve.kept(curve.tradingDay(), points));
      }
    } catch (IOException | JacksonException | IllegalArgumentException | NullPointerException e) {
      curves.clear();
      LOG.warn("The curve of the day begins anew: {} cannot be read", file);
    }
  }

  void save() {
    String json = changed();
    if (json.isEmpty()) {
      return;
    }
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(next, json, StandardCharsets.UTF_8);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("The curve of the day is not kept over a restart: {}", e.toString());
    }
  }

  /** What is to be written; empty when nothing is. */
  private synchronized String changed() {
    if (!unsaved) {
      return "";
    }
    unsaved = false;
    List<CurveView.AccountCurve> all = new ArrayList<>();
    curves.forEach((id, curve) -> all.add(accountCurve(id, curve.tradingDay(), curve.points())));
    return WireJson.write(new CurveView(clock.instant(), all));
  }
}
