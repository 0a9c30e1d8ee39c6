package dev.riskmanager.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.riskmanager.daemon.port.Peer;
import dev.riskmanager.wire.Protocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be shown over a socket, whose other end is always the user who runs the test. */
class GateTest {
  @TempDir Path home = Path.of("unset");
  private final FakeEngine engine = new FakeEngine();

  @Test
  void anotherUserCannotSetTheFirstPassword() throws Exception {
    String owner = Files.getOwner(home).getName();
    try (AdminSecret secret =
        AdminSecret.load(home.resolve("admin.secret"), new ManualClock(Instant.EPOCH))) {
      Gate gate = new Gate(secret, engine, home);

      for (String user : new String[] {"mallory", Peer.UNKNOWN}) {
        assertThatThrownBy(() -> gate.passwd(new Peer(user, "risk-admin/9"), first()))
            .isInstanceOfSatisfying(
                RpcFailure.class, e -> assertThat(e.error().code()).isEqualTo(Protocol.FORBIDDEN))
            .hasMessageContaining("only " + owner);
      }
      assertThat(secret.isSet()).isFalse();
      assertThat(engine.calls)
          .containsExactly(
              "password mallory risk-admin/9: tried to set the first admin password",
              "password unknown risk-admin/9: tried to set the first admin password");

      gate.passwd(new Peer(owner, "risk-admin/9"), first());
      assertThat(secret.isSet()).isTrue();
    }
  }

  private static Params first() {
    return new Params(Map.of(), Map.of("newPassword", new Secret("first".toCharArray())));
  }
}
