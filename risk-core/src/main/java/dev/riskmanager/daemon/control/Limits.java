package dev.riskmanager.daemon.control;

import java.time.Duration;

/**
 * What one server gives to all its clients together and to each.
 *
 * @param connections how many at once; further ones are told so and closed
 * @param turns how many requests of all clients are worked on at once, so that a flood of them
 *     cannot take every processor from the engine
 * @param rest how long a turn is not given on after a request that was refused
 * @param longLines bytes that lines longer than 4 KiB may take while they arrive, all clients
 *     together
 * @param waitingBytes bytes of answers that may wait for a client to read them; at more it is
 *     dropped
 * @param tick how often clients are looked at
 * @param stallTicks after how many ticks a client that does not take a line is dropped
 * @param helloTicks after how many ticks a client that has not said hello is dropped
 * @param pace the shortest time between two pictures to watchers
 */
record Limits(
    int connections,
    int turns,
    Duration rest,
    int longLines,
    int waitingBytes,
    Duration tick,
    int stallTicks,
    int helloTicks,
    Duration pace) {

  /** As the engine runs with. */
  static final Limits STANDARD =
      new Limits(
          256,
          Math.max(1, Runtime.getRuntime().availableProcessors() / 4),
          Duration.ofMillis(1),
          16 << 20,
          4 << 20,
          Duration.ofSeconds(1),
          5,
          30,
          Duration.ofMillis(50));
}
