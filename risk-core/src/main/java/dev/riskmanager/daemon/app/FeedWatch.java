package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.gateway.ConnectionStatus;
import dev.riskmanager.daemon.gateway.ConnectionStatus.Part;
import dev.riskmanager.daemon.gateway.GatewayClient;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.Trigger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that everything an enabled rule waits for has somebody who delivers it, at the start
 * and from then on. A rule that would sleep through a loss is shown, with what it waits for.
 */
final class FeedWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger("engine");

  private final Supplier<? extends Iterable<RuleSet>> rules;
  private final Supplier<List<ConnectionStatus>> connections;
  private final Consumer<SortedMap<RuleId, String>> starved;
  private SortedMap<RuleId, String> known = new TreeMap<>();

  /**
   * Looks whenever it is run.
   *
   * @param starved is told which rules wait in vain and for what, whenever that changes
   */
  FeedWatch(
      Supplier<? extends Iterable<RuleSet>> rules,
      Supplier<List<ConnectionStatus>> connections,
      Consumer<SortedMap<RuleId, String>> starved) {
    this.rules = rules;
    this.connections = connections;
    this.starved = starved;
  }

  /** From the start on, whoever cannot act because nothing reaches it is shown. */
  static void begin(
      ScheduledExecutorService scheduler, GatewayClient gateway, Picture picture, Health health) {
    FeedWatch feeds =
        new FeedWatch(
            () -> picture.state().rules().accounts(),
            () -> gateway.status().connections(),
            starved -> {
              picture.views().starved(starved);
              health.problems("starved rules", texts(starved));
              picture.changed();
            });
    scheduler.scheduleWithFixedDelay(feeds, 1, 1, TimeUnit.SECONDS);
  }

  @Override
  public synchronized void run() {
    SortedMap<RuleId, String> now = starved(rules.get(), connections.get());
    if (now.equals(known)) {
      return;
    }
    now.forEach(
        (rule, why) -> {
          if (!why.equals(known.get(rule))) {
            LOG.warn("{} {} is starved: {}", rule, rule.key(), why);
          }
        });
    known.keySet().stream()
        .filter(rule -> !now.containsKey(rule))
        .forEach(rule -> LOG.info("{} {} is fed again", rule, rule.key()));
    known = now;
    starved.accept(now);
  }

  /** One line for each reason, with the rules it is about. */
  static List<String> texts(SortedMap<RuleId, String> starved) {
    List<String> texts = new ArrayList<>();
    for (String why : new TreeSet<>(starved.values())) {
      List<String> rules =
          starved.entrySet().stream()
              .filter(entry -> entry.getValue().equals(why))
              .map(entry -> entry.getKey().toString())
              .toList();
      texts.add(String.join(", ", rules) + " cannot act: " + why);
    }
    return texts;
  }

  /** The enabled rules that wait for something nobody delivers, and why. */
  static SortedMap<RuleId, String> starved(
      Iterable<RuleSet> sets, Collection<ConnectionStatus> connections) {
    SortedMap<RuleId, String> found = new TreeMap<>();
    for (RuleSet set : sets) {
      for (RiskRule rule : set.rules()) {
        for (Trigger trigger : rule.triggers()) {
          source(trigger)
              .flatMap(part -> missing(part, connections))
              .ifPresent(why -> found.putIfAbsent(rule.id(), what(trigger) + why));
        }
      }
    }
    return found;
  }

  /** Who delivers; empty where the engine itself does. A new trigger does not compile without. */
  private static Optional<Part> source(Trigger trigger) {
    return switch (trigger) {
      case ACCOUNT, ORDER, POSITION, TRADE -> Optional.of(Part.USER_HUB);
      case QUOTE -> Optional.of(Part.MARKET_HUB);
      case TIMER, REVIEW -> Optional.empty();
    };
  }

  private static String what(Trigger trigger) {
    return trigger == Trigger.QUOTE
        ? "it waits for prices, and "
        : "it waits for what happens on the account, and ";
  }

  /** A connection that is only being made for the first time is not missing yet. */
  private static Optional<String> missing(Part part, Collection<ConnectionStatus> connections) {
    return connections.stream()
        .filter(one -> one.part() == part)
        .filter(one -> one.health() == ConnectionStatus.Health.DISCONNECTED)
        .filter(one -> !one.isFirst())
        .findFirst()
        .map(one -> "the " + part.text() + " is disconnected");
  }
}
