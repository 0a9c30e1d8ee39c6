package dev.riskmanager.daemon.enforce;

import dev.riskmanager.daemon.port.Enforcement;
import dev.riskmanager.domain.model.RuleId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One decision on its way to its receipt; several may share the requests of a plan. */
final class Case {
  /** A plan that never gets flat runs for ever; its receipt does not grow for ever. */
  private static final int LINES_KEPT = 400;

  private static final String UNDER_WAY = "under way";
  private static final String STILL_WATCHED = "FLAT, still watched";

  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSSSSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Enforcement.Order order;
  private final Instant began;
  private final int number;
  private final List<String> decisions = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private long dropped;
  private Optional<Instant> firstRequestAt = Optional.empty();
  private Optional<Instant> provenAt = Optional.empty();

  /**
   * @param number of the plan's cases, from 1; 0 when there is no plan
   */
  Case(Enforcement.Order order, Moment began, int number) {
    this.order = order;
    this.began = began.at();
    this.number = number;
    order.grounds().decided().forEach(this::decided);
  }

  /** The receipt of what needs nothing to be sent. */
  static Enforcement.Receipt recorded(Enforcement.Order order, Instant now) {
    return new Case(order, new Moment(now, 0), 0).receipt(Optional.of(now));
  }

  RuleId rule() {
    return order.rule();
  }

  void decided(String line) {
    keep(decisions, line);
  }

  void sent(Instant at) {
    firstRequestAt = firstRequestAt.or(() -> Optional.of(at));
  }

  /** What was sent before the decision is not of its doing. */
  void answered(Instant sentAt, String line) {
    if (!sentAt.isBefore(began)) {
      keep(requests, line);
    }
  }

  void proven(Instant at) {
    provenAt = Optional.of(at);
  }

  void failed(String what) {
    keep(failures, what);
  }

  private void keep(List<String> list, String line) {
    if (list.size() < LINES_KEPT) {
      list.add(line);
    } else {
      dropped++;
    }
  }

  /**
   * @param ended empty while the plan goes on
   */
  Enforcement.Receipt receipt(Optional<Instant> ended) {
    List<String> lines = new ArrayList<>(requests);
    if (dropped > 0) {
      lines.add("… and " + dropped + " more");
    }
    return new Enforcement.Receipt(
        ID.format(began) + "-" + order.account() + (number == 1 ? "" : "-" + number),
        order.account(),
        order.rule(),
        order.reason(),
        order.decidedAt(),
        began,
        firstRequestAt,
        provenAt,
        ended,
        ended.isPresent() ? outcome() : provenAt.isPresent() ? STILL_WATCHED : UNDER_WAY,
        List.copyOf(decisions),
        List.copyOf(lines),
        order.grounds(),
        order.committedAt());
  }

  private String outcome() {
    return failures.isEmpty()
        ? provenAt.isPresent() ? "FLAT" : number == 0 ? "RECORDED" : "DONE"
        : "FAILED: " + String.join("; ", failures);
  }
}
