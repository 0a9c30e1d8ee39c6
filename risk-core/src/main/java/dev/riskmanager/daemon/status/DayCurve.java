package dev.riskmanager.daemon.status;

import dev.riskmanager.domain.model.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * How the P&amp;L of one account's trading day went. It has at most {@link #MOST} points: when
 * there would be more, every second one is left out, and from then on points are twice as far
 * apart. Of two neighbours the one stays that differs more from the point before, so a short plunge
 * is still seen at the end of the day.
 *
 * @param tradingDay the day
 * @param every the least time between two points
 * @param points where it changed, oldest first
 */
public record DayCurve(LocalDate tradingDay, Duration every, List<Point> points) {
  /** Twice the columns of the widest curve a screen draws. */
  public static final int MOST = 240;

  private static final Duration FIRST = Duration.ofSeconds(1);

  /**
   * A point; it holds until the next one.
   *
   * @param t when
   * @param total realized and open P&amp;L
   */
  public record Point(Instant t, Money total) {}

  public DayCurve {
    points = List.copyOf(points);
  }

  /** A day that has just begun. */
  public static DayCurve of(LocalDate tradingDay) {
    return new DayCurve(tradingDay, FIRST, List.of());
  }

  /** The day as it was kept over a restart: at most {@link #MOST} points. */
  public static DayCurve kept(LocalDate tradingDay, List<Point> points) {
    DayCurve curve = of(tradingDay);
    for (Point point : points) {
      curve = curve.with(point);
    }
    if (points.isEmpty()) {
      return curve;
    }
    Duration apart =
        Duration.between(points.getFirst().t(), points.getLast().t()).dividedBy(MOST).plus(FIRST);
    return new DayCurve(
        tradingDay, apart.compareTo(curve.every) > 0 ? apart : curve.every, curve.points);
  }

  /** With what is true at {@code t}: a new point when that is news and not too soon. */
  public DayCurve plus(Instant t, Money total) {
    if (!points.isEmpty()) {
      Point last = points.getLast();
      if (last.total().equals(total) || t.isBefore(last.t().plus(every))) {
        return this;
      }
    }
    return with(new Point(t, total));
  }

  private DayCurve with(Point point) {
    List<Point> all = new ArrayList<>(points);
    all.add(point);
    return all.size() <= MOST
        ? new DayCurve(tradingDay, every, all)
        : new DayCurve(tradingDay, every.multipliedBy(2), thinned(all));
  }

  /** The first, the last, and one of each pair in between. */
  private static List<Point> thinned(List<Point> all) {
    List<Point> kept = new ArrayList<>(MOST / 2 + 2);
    kept.add(all.getFirst());
    for (int i = 1; i < all.size() - 1; i += 2) {
      Point one = all.get(i);
      Point other = i + 1 < all.size() - 1 ? all.get(i + 1) : one;
      Money before = kept.getLast().total();
      boolean first = apart(one.total(), before).compareTo(apart(other.total(), before)) >= 0;
      kept.add(first ? one : other);
    }
    kept.add(all.getLast());
    return kept;
  }

  private static Money apart(Money one, Money other) {
    return one.compareTo(other) >= 0 ? one.minus(other) : other.minus(one);
  }
}
