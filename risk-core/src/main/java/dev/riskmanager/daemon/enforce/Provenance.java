package dev.riskmanager.daemon.enforce;

import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Trade;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds out where a position came from that nobody decided about and no lockout forbids: opened by
 * an order this plan had to sweep (the other leg of a bracket, an entry that filled before its
 * cancel came through), it goes as well; opened by a trader who may trade, it is none of our
 * business. The venue's trades name their orders, so they tell.
 */
final class Provenance implements Step {
  /** The venue's clock need not be ours. */
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);

  private final AccountId account;
  private final Goals goals;
  private final Book book;
  private final Backoff backoff;
  private final Instant since;
  private final Set<Long> judged = new TreeSet<>();
  private final Try tried = new Try();
  private final Set<Long> asked = new TreeSet<>();

  Provenance(AccountId account, Goals goals, Book book, Backoff backoff, Instant began) {
    this.account = account;
    this.goals = goals;
    this.book = book;
    this.backoff = backoff;
    this.since = began.minus(CLOCKS_DIFFER);
  }

  void wanted(Moment now, List<Wanted> out) {
    boolean repeat = tried.attempts() > 0 && now.nanos() < tried.due();
    if (!tried.inFlight() && !repeat && firstUnknown().isPresent()) {
      out.add(new Wanted(new VenueRequest.ReadTrades(account, since), Lane.READ, this));
    }
  }

  private Optional<Position> firstUnknown() {
    return book.positions().stream().filter(this::isUnknown).findFirst();
  }

  private boolean isUnknown(Position position) {
    return !judged.contains(position.id())
        && !goals.isDecided(position)
        && goals.mayHaveOpened(position.contract())
        && !goals.lock().locks(position.contract());
  }

  /** No position is left that nobody knows the origin of. */
  boolean isDone() {
    return !tried.inFlight() && firstUnknown().isEmpty();
  }

  long wake(Moment now) {
    return !tried.inFlight() && tried.due() > now.nanos() && firstUnknown().isPresent()
        ? tried.due()
        : Timing.NEVER;
  }

  @Override
  public void sent(Sent sent) {
    tried.sent(sent.stamp());
    asked.clear();
    book.positions().stream().filter(this::isUnknown).forEach(p -> asked.add(p.id()));
  }

  @Override
  public void answered(Sent sent, VenueReply<?> reply, Stamp stamp) {
    tried.answered(
        stamp,
        Outcome.of(reply),
        Outcome.text(reply),
        stamp.nanos() + backoff.after(tried.attempts()));
    if (!(reply instanceof VenueReply.Done<?> done) || !(done.value() instanceof List<?> rows)) {
      return;
    }
    tried.startOver();
    for (Position position : book.positions()) {
      if (asked.contains(position.id())) {
        judged.add(position.id());
        if (rows.stream().anyMatch(row -> row instanceof Trade t && openedBy(t, position))) {
          goals.adopt(position);
        }
      }
    }
  }

  private boolean openedBy(Trade trade, Position position) {
    return trade.account().equals(account)
        && trade.contract().equals(position.contract())
        && trade.side().increases(position.side())
        && goals.ownedBefore(trade.orderId());
  }
}
