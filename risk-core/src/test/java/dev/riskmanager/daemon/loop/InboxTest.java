package dev.riskmanager.daemon.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Price;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Only quotes are merged, the newest price always comes through, and nothing is overtaken. */
class InboxTest {
  private static final Instant T = Instant.parse("2025-10-31T14:00:00Z");
  private static final ContractId NQ = new ContractId("CON.F.US.ENQ.Z25");
  private static final ContractId ES = new ContractId("CON.F.US.EP.Z25");

  private final Inbox inbox = new Inbox(100);
  private int millis;

  private void put(RiskEvent event) {
    inbox.put(new Inbox.Item(T.plusMillis(++millis), event, null, null));
  }

  private static RiskEvent last(ContractId contract, String price) {
    return quote(contract, price, null, null);
  }

  private static RiskEvent quote(
      ContractId contract, @Nullable String last, @Nullable String bid, @Nullable String ask) {
    return new RiskEvent.QuoteReported(contract, price(last), price(bid), price(ask));
  }

  private static Optional<Price> price(@Nullable String text) {
    return Optional.ofNullable(text).map(Price::of);
  }

  private static RiskEvent flat(ContractId contract) {
    return new RiskEvent.PositionReported(new AccountId(7), contract, Optional.empty());
  }

  /** Everything that waits, each with the milliseconds of its arrival. */
  private List<String> drained() throws InterruptedException {
    List<String> all = new ArrayList<>();
    for (Inbox.Item item = inbox.poll(Duration.ZERO);
        item != null;
        item = inbox.poll(Duration.ZERO)) {
      all.add(Duration.between(T, item.arrivedAt).toMillis() + " " + text(item.event));
    }
    return all;
  }

  private static String text(RiskEvent event) {
    return switch (event) {
      case RiskEvent.QuoteReported q ->
          q.contract().equals(NQ)
              ? "NQ " + text(q.last()) + " " + text(q.bid()) + " " + text(q.ask())
              : "ES " + text(q.last());
      case RiskEvent.PositionReported p -> "position";
      default -> event.getClass().getSimpleName();
    };
  }

  private static String text(Optional<Price> price) {
    return price.map(Price::toString).orElse("-");
  }

  @Test
  void quotesThatWaitBecomeOneWithTheNewestPrices() throws InterruptedException {
    put(quote(NQ, "21000", "20999.75", "21000.25"));
    put(quote(NQ, null, "20999", null));
    put(new RiskEvent.MarketTraded(NQ, Price.of("20999.25")));
    put(quote(NQ, "0", null, "20999.5"));
    assertThat(drained()).containsExactly("4 NQ 20999.25 20999.00 20999.50");
  }

  @Test
  void eachContractHasItsOwn() throws InterruptedException {
    put(last(NQ, "21000"));
    put(last(ES, "6000"));
    put(last(NQ, "20990"));
    put(last(ES, "5990"));
    assertThat(drained()).containsExactly("3 NQ 20990.00 - -", "4 ES 5990.00");
  }

  /** A later price must not be judged by an earlier position, nor an earlier by a later. */
  @Test
  void aQuoteNeitherOvertakesAnythingNorIsOvertaken() throws InterruptedException {
    put(last(NQ, "21000"));
    put(last(NQ, "20999"));
    put(flat(NQ));
    put(last(NQ, "20000"));
    put(last(NQ, "19000"));
    put(flat(ES));
    put(last(NQ, "22000"));
    assertThat(drained())
        .containsExactly(
            "2 NQ 20999.00 - -",
            "3 position",
            "5 NQ 19000.00 - -",
            "6 position",
            "7 NQ 22000.00 - -");
  }

  @Test
  void whatWasTakenIsNotMergedIntoAnyMore() throws InterruptedException {
    put(last(NQ, "21000"));
    assertThat(drained()).containsExactly("1 NQ 21000.00 - -");
    put(last(NQ, "20000"));
    put(last(NQ, "19000"));
    assertThat(drained()).containsExactly("3 NQ 19000.00 - -");
  }

  @Test
  void nothingElseIsEverMerged() throws InterruptedException {
    put(flat(NQ));
    put(flat(NQ));
    put(new RiskEvent.ClockTicked());
    put(new RiskEvent.ClockTicked());
    assertThat(drained())
        .containsExactly("1 position", "2 position", "3 ClockTicked", "4 ClockTicked");
  }

  /** However many quotes come while nobody takes any, they need one place. */
  @Test
  @Timeout(30)
  void aFloodOfQuotesFillsNothing() throws InterruptedException {
    for (int i = 0; i < 5_000; i++) {
      put(last(NQ, Integer.toString(20_000 + i)));
    }
    assertThat(inbox.size()).isEqualTo(1);
    assertThat(drained()).containsExactly("5000 NQ 24999.00 - -");
  }
}
