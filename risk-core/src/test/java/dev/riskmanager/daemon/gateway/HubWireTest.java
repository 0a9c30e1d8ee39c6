package dev.riskmanager.daemon.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.signalr.CloseMessage;
import com.microsoft.signalr.CompletionMessage;
import com.microsoft.signalr.HubMessage;
import com.microsoft.signalr.InvocationBinder;
import com.microsoft.signalr.PingMessage;
import dev.riskmanager.daemon.gateway.HubWire.Invocation;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HubWireTest {
  private static final Instant NOW = Instant.parse("2026-01-05T15:00:00Z");

  private final List<Invocation> invoked = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();
  private final List<Instant> heard = new ArrayList<>();
  private final HubWire wire =
      new HubWire(
          () -> NOW,
          new HubWire.Receiver() {
            @Override
            public void heard(Instant at) {
              heard.add(at);
            }

            @Override
            public void invoked(Invocation invocation) {
              invoked.add(invocation);
            }

            @Override
            public void unreadable(String why) {
              unreadable.add(why);
            }
          });

  private static final InvocationBinder NOBODY =
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

  private List<HubMessage> parse(String... records) {
    String text = String.join("\u001e", records) + "\u001e";
    return wire.parseMessages(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), NOBODY);
  }

  @Test
  void anyNumberOfArgumentsAndExactDecimals() {
    List<HubMessage> messages =
        parse(
            "{\"type\":1,\"target\":\"GatewayLogout\"}",
            "{\"type\":1,\"target\":\"GatewayLogout\",\"arguments\":[]}",
            "{\"type\":1,\"target\":\"GatewayQuote\",\"arguments\":[\"C\",{\"p\":29547.25}]}",
            "{\"arguments\":[5E-07,1,null],\"target\":\"x\",\"headers\":{},\"type\":1}");
    assertThat(messages).isEmpty();
    assertThat(invoked)
        .extracting(invocation -> invocation.target() + invocation.arguments().size())
        .containsExactly("GatewayLogout0", "GatewayLogout0", "GatewayQuote2", "x3");
    assertThat(invoked.get(2).arguments().get(1).get("p").decimalValue())
        .isEqualTo(new BigDecimal("29547.25"));
    assertThat(invoked.get(3).arguments().getFirst().decimalValue())
        .isEqualByComparingTo(new BigDecimal("0.0000005"));
    assertThat(invoked).extracting(Invocation::arrivedAt).containsOnly(NOW);
    assertThat(heard).containsExactly(NOW);
  }

  @Test
  void completionsPingsAndClosesGoToTheLibrary() {
    List<HubMessage> messages =
        parse(
            "{\"type\":6}",
            "{\"type\":3,\"invocationId\":\"1\",\"result\":0,\"error\":null}",
            "{\"type\":3,\"invocationId\":\"2\",\"error\":\"no such method\"}",
            "{\"type\":7,\"error\":null}",
            "{\"type\":7,\"error\":\"bye\",\"allowReconnect\":true}");
    assertThat(messages).hasSize(5);
    assertThat(messages.get(0)).isInstanceOf(PingMessage.class);
    CompletionMessage done = (CompletionMessage) messages.get(1);
    assertThat(done.getInvocationId()).isEqualTo("1");
    assertThat(done.getError()).isNull();
    assertThat(((CompletionMessage) messages.get(2)).getError()).isEqualTo("no such method");
    assertThat(((CloseMessage) messages.get(3)).getError()).isNull();
    assertThat(((CloseMessage) messages.get(4)).getError()).isEqualTo("bye");
  }

  @Test
  void whatNobodyCanReadCostsOnlyItself() {
    List<HubMessage> messages =
        parse(
            "{\"type\":1,\"target\":\"GatewayUserTrade\",\"argu",
            "[1]",
            "{\"type\":99}",
            "{\"type\":\"six\"}",
            "{\"type\":1,\"arguments\":[1]}",
            "{\"type\":1,\"target\":\"y\",\"arguments\":{\"0\":1}}",
            "\u0000\u0001",
            "{\"type\":6}");
    assertThat(messages).hasSize(1);
    assertThat(unreadable).hasSize(6);
    assertThat(invoked).singleElement().satisfies(i -> assertThat(i.arguments()).isEmpty());
  }
}
