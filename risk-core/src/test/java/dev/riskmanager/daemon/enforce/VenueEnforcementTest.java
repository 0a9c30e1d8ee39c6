package dev.riskmanager.daemon.enforce;

import static dev.riskmanager.daemon.enforce.World.ACCOUNT;
import static dev.riskmanager.daemon.enforce.World.ES;
import static dev.riskmanager.daemon.enforce.World.MNQ;
import static dev.riskmanager.daemon.enforce.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.riskmanager.daemon.port.Enforcement;
import dev.riskmanager.daemon.port.Venue;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.decision.Cause;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The executor on real threads and real time. */
class VenueEnforcementTest {
  private final FakeVenue venue = new FakeVenue(() -> World.START);
  private final Heard heard = new Heard();
  private final CountDownLatch release = new CountDownLatch(1);
  private Optional<VenueEnforcement> running = Optional.empty();

  private static final class Heard implements Enforcement.Listener {
    final List<AccountId> flat = Collections.synchronizedList(new ArrayList<>());
    final List<String> alarms = Collections.synchronizedList(new ArrayList<>());
    final List<Enforcement.Receipt> receipts = Collections.synchronizedList(new ArrayList<>());
    volatile boolean throwing;

    @Override
    public void request(
        AccountId account, String operation, String detail, Instant sentAt, VenueReply<?> reply) {
      if (throwing) {
        throw new IllegalStateException("a listener with a bug");
      }
    }

    @Override
    public void provenFlat(AccountId account, Instant began, Instant provenAt) {
      flat.add(account);
    }

    @Override
    public void alarm(AccountId account, String what, boolean notProtected) {
      alarms.add(what);
    }

    @Override
    public void alarmCleared(AccountId account) {}

    @Override
    public void progress(Enforcement.Receipt soFar) {}

    @Override
    public void finished(Enforcement.Receipt receipt) {
      receipts.add(receipt);
    }

    @Override
    public void recorded(Enforcement.Receipt receipt) {
      receipts.add(receipt);
    }
  }

  private VenueEnforcement on(Venue target) {
    VenueEnforcement enforcement =
        VenueEnforcement.onVenue(
            target,
            () -> World.START,
            // It must go with the real timer, which is what this test is about.
            System::nanoTime,
            new RequestBudget(),
            new SplittableRandom(3),
            World::symbolOf,
            heard);
    running = Optional.of(enforcement);
    return enforcement;
  }

  @AfterEach
  void close() {
    release.countDown();
    running.ifPresent(VenueEnforcement::close);
  }

  /** The fake, with something done before an operation of that name. */
  private Venue before(String operation, ThrowingRunnable first) {
    return (Venue)
        Proxy.newProxyInstance(
            Venue.class.getClassLoader(),
            new Class<?>[] {Venue.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals(operation)) {
                first.run();
              }
              try {
                return method.invoke(venue, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private interface ThrowingRunnable {
    void run() throws Exception;
  }

  private void flatten(VenueEnforcement enforcement, AccountId account) {
    Cause cause = new Cause(World.START, account, Optional.of(World.LOSS), false, false, "test");
    enforcement.allow(account, Optional.of(Baseline.ZERO), Set.of());
    enforcement.carryOut(
        new Enforcement.Order(
            account,
            World.LOSS,
            "test",
            World.START,
            List.of(
                new Decision.CancelAllOrders(cause, Optional.empty()),
                new Decision.CloseAllPositions(cause)),
            venue.positionsOf(account),
            Set.of(),
            Enforcement.Grounds.NONE,
            Optional.empty()));
  }

  @Test
  void anAccountIsFlattenedAndProven() {
    venue.open(ACCOUNT, MNQ, 3);
    venue.open(ACCOUNT, ES, -2);
    venue.order(ACCOUNT, MNQ, OrderType.STOP, OrderSide.SELL, 3);

    flatten(on(venue), ACCOUNT);

    await().atMost(Duration.ofSeconds(10)).until(() -> heard.flat.contains(ACCOUNT));
    assertThat(venue.positionsOf(ACCOUNT)).isEmpty();
    assertThat(venue.ordersOf(ACCOUNT)).isEmpty();
  }

  @Test
  void whatNeedsNothingToBeSentLeavesAReceiptAlone() {
    Instant committed = World.START.plusMillis(2);
    Enforcement.Grounds grounds =
        new Enforcement.Grounds(
            Optional.empty(),
            List.of(new Enforcement.Fact("counted", "orders")),
            "3 >= 3",
            Optional.empty(),
            List.of("VIOLATION: 3/3 trades", "Account locked"),
            Optional.empty());

    on(venue)
        .carryOut(
            new Enforcement.Order(
                ACCOUNT,
                World.LOSS,
                "3/3 trades",
                World.START,
                List.of(),
                List.of(),
                Set.of(),
                grounds,
                Optional.of(committed)));

    await().atMost(Duration.ofSeconds(10)).until(() -> !heard.receipts.isEmpty());
    Enforcement.Receipt receipt = heard.receipts.getFirst();
    assertThat(receipt.outcome()).isEqualTo("RECORDED");
    assertThat(receipt.decisions()).containsExactly("VIOLATION: 3/3 trades", "Account locked");
    assertThat(receipt.requests()).isEmpty();
    assertThat(receipt.committedAt()).contains(committed);
    assertThat(receipt.grounds()).isEqualTo(grounds);
    assertThat(heard.flat).isEmpty();
  }

  @Test
  void theCallerIsNotBlockedByAVenueThatHangs() throws InterruptedException {
    venue.open(ACCOUNT, MNQ, 3);
    CountDownLatch arrived = new CountDownLatch(1);
    VenueEnforcement enforcement =
        on(
            before(
                "closePosition",
                () -> {
                  arrived.countDown();
                  release.await();
                }));

    flatten(enforcement, ACCOUNT);

    // It returned although the close hangs; that the close did leave shows it was not skipped.
    assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(release.getCount()).isEqualTo(1);
    assertThat(venue.position(ACCOUNT, MNQ)).isPresent();
  }

  @Test
  void closesOfSeveralContractsAndAccountsRunAtTheSameTime() {
    List<ContractId> contracts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      contracts.add(new ContractId("CON.F.US.X" + i + ".Z25"));
    }
    contracts.forEach(c -> venue.open(ACCOUNT, c, 1));
    contracts.forEach(c -> venue.open(OTHER, c, 2));
    // Ten closes meet here or nobody gets through.
    CyclicBarrier all = new CyclicBarrier(10);
    VenueEnforcement enforcement =
        on(before("closePosition", () -> all.await(10, TimeUnit.SECONDS)));

    flatten(enforcement, ACCOUNT);
    flatten(enforcement, OTHER);

    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> heard.flat.containsAll(List.of(ACCOUNT, OTHER)));
    assertThat(all.isBroken()).isFalse();
  }

  @Test
  void aClientThatThrowsIsTriedAgain() {
    venue.open(ACCOUNT, MNQ, 3);
    int[] left = {2};
    VenueEnforcement enforcement =
        on(
            before(
                "closePosition",
                () -> {
                  if (left[0]-- > 0) {
                    throw new IllegalStateException("a client with a bug");
                  }
                }));

    flatten(enforcement, ACCOUNT);

    await().atMost(Duration.ofSeconds(10)).until(() -> heard.flat.contains(ACCOUNT));
    assertThat(venue.positionsOf(ACCOUNT)).isEmpty();
  }

  @Test
  void aListenerThatThrowsStopsNothing() {
    venue.open(ACCOUNT, MNQ, 3);
    heard.throwing = true;

    flatten(on(venue), ACCOUNT);

    await().atMost(Duration.ofSeconds(10)).until(() -> heard.flat.contains(ACCOUNT));
  }

  @Test
  void afterCloseNothingMoreIsSent() {
    VenueEnforcement enforcement = on(venue);
    enforcement.close();
    venue.open(ACCOUNT, MNQ, 3);

    flatten(enforcement, ACCOUNT);

    assertThat(venue.position(ACCOUNT, MNQ)).isPresent();
    assertThat(heard.flat).isEmpty();
  }

  @Test
  void closingWaitsForWhatIsUnderWayAndLeavesTheReceipt() throws InterruptedException {
    venue.open(ACCOUNT, MNQ, 3);
    CountDownLatch arrived = new CountDownLatch(1);
    VenueEnforcement enforcement =
        on(
            before(
                "closePosition",
                () -> {
                  arrived.countDown();
                  release.await();
                }));
    flatten(enforcement, ACCOUNT);
    assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();

    Thread closer = Thread.ofVirtual().start(enforcement::close);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> closer.getState() == Thread.State.TIMED_WAITING);
    release.countDown();
    closer.join();

    assertThat(venue.position(ACCOUNT, MNQ)).isEmpty();
    assertThat(heard.receipts)
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.outcome())
                  .isEqualTo("FAILED: the engine was stopped before this was done");
              assertThat(r.requests()).anySatisfy(l -> assertThat(l).contains("closeContract"));
            });
  }
}
