package dev.riskmanager.bench;

import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.RiskEngine;
import dev.riskmanager.domain.engine.Step;
import dev.riskmanager.domain.event.RiskEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One event of one kind through pre-check, state and all thirteen rules, by JMH: {@code .ci/bench
 * StepBenchmark [JMH options]}; {@code -prof gc} tells the bytes it allocates.
 *
 * <p>A state is a value: moments of a {@link BusyDay} are kept as they were, each with the event
 * that came next, and every call takes one such event in.
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms512m", "-Xmx512m"})
public class StepBenchmark {
  private static final Instant START = Instant.parse("2025-10-27T14:00:00Z");
  private static final long STEP_NANOS = 10_000_000L;
  private static final int MOMENTS = 1 << 10;
  private static final int BEFORE = 100_000;

  /** A state, the event that came next, and when. */
  private record Moment(EngineState state, Instant now, RiskEvent event) {}

  @Param({"ORDER", "TRADE", "POSITION", "QUOTE"})
  String kind = "ORDER";

  @Param({"1", "10000"})
  int accounts = 1;

  private final List<Moment> moments = new ArrayList<>();
  private int next;

  public static void main(String[] args) throws IOException {
    String[] all = new String[args.length + 1];
    all[0] = "dev.riskmanager.bench.StepBenchmark";
    System.arraycopy(args, 0, all, 1, args.length);
    org.openjdk.jmh.Main.main(all);
  }

  /** Some hours of work, then moments of the kind that is measured. */
  @Setup
  public void play() {
    BusyDay day = new BusyDay(accounts, 4, STEP_NANOS, START);
    EngineState state =
        RiskEngine.step(BusyDay.start(accounts, START), START, BusyDay.listed()).state();
    for (int i = 1; i <= accounts; i++) {
      state = RiskEngine.step(state, START, BusyDay.reported(i)).state();
    }
    for (int i = 0; moments.size() < MOMENTS; i++) {
      RiskEvent event = day.next();
      if (i >= BEFORE && day.kind().name().equals(kind)) {
        moments.add(new Moment(state, day.now(), event));
      }
      state = RiskEngine.step(state, day.now(), event).state();
    }
  }

  @Benchmark
  public Step step() {
    Moment moment = moments.get(next++ & (MOMENTS - 1));
    return RiskEngine.step(moment.state(), moment.now(), moment.event());
  }
}
