package dev.riskmanager.daemon.gateway;

import com.microsoft.signalr.InvocationBinder;
import dev.riskmanager.daemon.gateway.HubWire.Invocation;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.world.RuleFile;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.fuzz.Mutator;
import dev.riskmanager.fuzz.Target;
import dev.riskmanager.payload.Translation;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** SignalR frames, from their bytes to the rules: none may fail for what a frame holds. */
public final class HubFuzz implements Target {
  private static final String RULES =
      """
      max_contracts: {enabled: true, limit: 5}
      max_contracts_per_instrument: {enabled: true, limits: {MNQ: 2}, enforcement: reduce_to_limit}
      daily_realized_loss: {enabled: true, limit: -500, include_open: true}
      daily_unrealized_loss: {enabled: true, limit: -300}
      max_unrealized_profit: {enabled: true, target: 500}
      trade_frequency_limit: {enabled: true, limits: {per_minute: 3, per_hour: 10, per_session: 50}}
      cooldown_after_loss:
        enabled: true
        loss_thresholds: [{loss_amount: -100, cooldown_duration: 300}]
      no_stop_loss_grace: {enabled: true, grace_period_seconds: 10}
      auth_loss_guard: {enabled: true}
      symbol_blocks: {enabled: true, blocked_symbols: [RTY]}
      trade_management:
        enabled: true
        auto_breakeven: {enabled: true, profit_trigger_ticks: 10, offset_ticks: 1}
        trailing_stop: {enabled: true, activation_ticks: 20, trail_distance_ticks: 10}
      daily_realized_profit: {enabled: true, target: 1000}
      """;

  private static final List<String> FRAMES =
      List.of(
          "{\"type\":1,\"target\":\"GatewayUserTrade\",\"arguments\":[{\"action\":0,\"data\":{"
              + "\"id\":9,\"accountId\":1,\"contractId\":\"CON.F.US.MNQ.Z25\","
              + "\"creationTimestamp\":\"2025-10-31T18:59:00.1234567+00:00\",\"price\":20000.25,"
              + "\"profitAndLoss\":-12.5,\"fees\":0.37,\"side\":1,\"size\":2,\"voided\":false,"
              + "\"orderId\":3425000100}}]}",
          "{\"type\":1,\"target\":\"GatewayUserPosition\",\"arguments\":[{\"action\":1,\"data\":{"
              + "\"id\":8,\"accountId\":1,\"contractId\":\"CON.F.US.MNQ.Z25\","
              + "\"creationTimestamp\":\"2025-10-31T18:59:00+00:00\",\"type\":1,\"size\":2,"
              + "\"averagePrice\":20000.25}}]}",
          "{\"type\":1,\"target\":\"GatewayUserOrder\",\"arguments\":[{\"action\":1,\"data\":{"
              + "\"id\":3425000100,\"accountId\":1,\"contractId\":\"CON.F.US.MNQ.Z25\","
              + "\"symbolId\":\"F.US.MNQ\",\"creationTimestamp\":\"2025-10-31T18:59:00+00:00\","
              + "\"updateTimestamp\":\"2025-10-31T18:59:00.1267+00:00\",\"status\":1,\"type\":4,"
              + "\"side\":1,\"size\":2,\"stopPrice\":19990.25,\"fillVolume\":0,"
              + "\"customTag\":\"a1\",\"parentOrderId\":7,\"trailDistance\":-40}}]}",
          "{\"type\":1,\"target\":\"GatewayUserAccount\",\"arguments\":[{\"action\":1,\"data\":{"
              + "\"id\":1,\"name\":\"PRAC-1\",\"balance\":50000.12,\"canTrade\":true,"
              + "\"isVisible\":true,\"simulated\":true}}]}",
          "{\"type\":1,\"target\":\"GatewayQuote\",\"arguments\":[\"CON.F.US.MNQ.Z25\",{"
              + "\"symbol\":\"F.US.MNQ\",\"lastPrice\":20001.5,\"bestBid\":20001.25,"
              + "\"bestAsk\":20001.75,\"timestamp\":\"2025-10-31T18:59:00+00:00\"}]}",
          "{\"type\":1,\"target\":\"GatewayTrade\",\"arguments\":[\"CON.F.US.MNQ.Z25\",[{"
              + "\"symbolId\":\"F.US.MNQ\",\"price\":20001.25,"
              + "\"timestamp\":\"2025-10-31T18:59:00+00:00\",\"type\":1,\"volume\":1}]]}",
          "{\"type\":1,\"target\":\"GatewayLogout\",\"arguments\":[{\"message\":\"bye\"}]}",
          "{\"type\":3,\"invocationId\":\"1\",\"result\":0}",
          "{\"type\":3,\"invocationId\":\"1\",\"error\":\"no\"}",
          "{\"type\":6}",
          "{\"type\":7,\"error\":\"bye\",\"allowReconnect\":true}");

  private static final InvocationBinder NO_BINDER =
      new InvocationBinder() {
        @Override
        public Type getReturnType(String invocationId) {
          return Object.class;
        }

        @Override
        public List<Type> getParameterTypes(String methodName) {
          return List.of();
        }
      };

  private final dev.riskmanager.domain.rule.RuleSet rules = RuleFile.rules(RULES);

  @Override
  public void attempt(Mutator input) {
    World world = new World(rules, "14:00");
    List<Invocation> heard = new ArrayList<>();
    HubWire wire = new HubWire(InstantSource.fixed(Instant.EPOCH), receiver(heard));
    for (int i = input.below(4); i >= 0; i--) {
      StringBuilder frame = new StringBuilder();
      for (int j = input.below(3); j >= 0; j--) {
        frame.append(input.oneOf(FRAMES)).append('\u001e');
      }
      wire.parseMessages(ByteBuffer.wrap(input.bytes(frame.toString())), NO_BINDER);
    }
    for (Invocation one : heard) {
      if (Logouts.isOne(one.target())) {
        new Logouts(InstantSource.fixed(Instant.EPOCH)).heard(one.arguments());
        continue;
      }
      Translation.Translated translated = Translation.hubEvent(one.target(), one.arguments());
      for (RiskEvent event : translated.events()) {
        world.send(event);
      }
      if (String.valueOf(translated.rejected()).length() > 10_000_000) {
        throw new IllegalStateException("what was left out is told at length");
      }
    }
    var failures = world.takeFailures();
    if (!failures.isEmpty()) {
      throw new IllegalStateException(
          failures.getFirst().rule() + " failed", failures.getFirst().error());
    }
  }

  private static HubWire.Receiver receiver(List<Invocation> heard) {
    return new HubWire.Receiver() {
      @Override
      public void heard(Instant at) {}

      @Override
      public void invoked(Invocation invocation) {
        heard.add(invocation);
      }

      @Override
      public void unreadable(String why) {
        if (why.length() > 1_000) {
          throw new IllegalStateException("what is unreadable is told at length");
        }
      }
    };
  }
}
