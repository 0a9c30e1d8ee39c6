package dev.riskmanager.daemon.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.riskmanager.daemon.port.Notice;
import dev.riskmanager.domain.model.AccountId;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a mail server hears, against a small real one. */
class MailTargetTest {
  private static final String PASSWORD = "pass-word-that-must-not-be-shown";
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Notice LOCKOUT =
      new Notice(
          Notice.Kind.LOCKOUT,
          Instant.parse("2025-10-31T17:21:19Z"),
          Optional.of(new AccountId(13_298_777)),
          Optional.empty(),
          "locked\r\nBcc: everybody@example.org");

  @TempDir static Path directory;
  private static SSLContext context;

  /** A certificate for localhost that nobody has signed. */
  @BeforeAll
  static void certificate() throws Exception {
    Path store = directory.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "mail",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    KeyStore known = KeyStore.getInstance("PKCS12");
    known.load(null, null);
    known.setCertificateEntry("mail", keys.getCertificate("mail"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(known);
    context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
  }

  @Test
  void aMailGoesOverAnEncryptedConnectionWithNameAndPassword() throws Exception {
    try (FakeMailServer server = new FakeMailServer(Optional.of(context), false)) {
      target(server, MailTarget.Security.STARTTLS, true, "localhost").send(List.of(LOCKOUT), 3);

      assertThat(server.commands)
          .containsSubsequence(
              "STARTTLS",
              "AUTH PLAIN " + FakeMailServer.plain("trader", PASSWORD),
              "MAIL FROM:<trader@example.org>",
              "RCPT TO:<trader@example.org>",
              "RCPT TO:<coach@example.org>",
              "DATA");
      assertThat(server.mails.get(0))
          .contains("Subject: Risk Manager: LOCKOUT account 13298777: locked Bcc:")
          .contains("To: trader@example.org, coach@example.org")
          .contains("LOCKOUT account 13298777 2025-10-31T17:21:19Z: locked")
          .contains("(3 earlier notice(s)");
      String headers = server.mails.get(0).split("\n\n", 2)[0];
      assertThat(headers.lines()).noneMatch(line -> line.startsWith("Bcc"));
    }
  }

  @Test
  void tlsFromTheFirstByteWorksToo() throws Exception {
    try (FakeMailServer server = new FakeMailServer(Optional.of(context), true)) {
      target(server, MailTarget.Security.TLS, true, "localhost").send(List.of(LOCKOUT), 0);

      assertThat(server.mails).hasSize(1);
    }
  }

  @Test
  void aServerThatOffersNoEncryptionGetsNeitherPasswordNorMail() throws Exception {
    try (FakeMailServer server = new FakeMailServer(Optional.empty(), false)) {
      SendException failed =
          failure(target(server, MailTarget.Security.STARTTLS, true, "localhost"));

      assertThat(failed).hasMessageContaining("STARTTLS");
      assertThat(server.commands).noneMatch(line -> line.startsWith("AUTH"));
      assertThat(server.mails).isEmpty();
    }
  }

  @Test
  void aCertificateThatNobodySignedOrThatIsForAnotherNameIsRefused() throws Exception {
    try (FakeMailServer server = new FakeMailServer(Optional.of(context), false)) {
      SendException unknown =
          failure(target(server, MailTarget.Security.STARTTLS, false, "localhost"));
      SendException other =
          failure(target(server, MailTarget.Security.STARTTLS, true, "127.0.0.1"));

      assertThat(unknown.getMessage()).containsIgnoringCase("certificat");
      assertThat(other.getMessage()).containsIgnoringCase("127.0.0.1");
      assertThat(server.commands).noneMatch(line -> line.startsWith("AUTH"));
      assertThat(server.mails).isEmpty();
    }
  }

  @Test
  void aWrongPasswordIsNotTriedAgainAndNotShown() throws Exception {
    try (FakeMailServer server = new FakeMailServer(Optional.of(context), false)) {
      server.answers.put("AUTH", "535 5.7.8 no: " + PASSWORD);

      SendException refused =
          failure(target(server, MailTarget.Security.STARTTLS, true, "localhost"));

      assertThat(refused.isPermanent()).isTrue();
      assertThat(refused.toString())
          .contains("refuses user name or password")
          .doesNotContain(PASSWORD);
    }
  }

  @Test
  void anAddressThatIsRefusedIsNotTriedAgainButABusyServerIs() throws Exception {
    try (FakeMailServer server = new FakeMailServer(Optional.empty(), false)) {
      server.answers.put("RCPT", "550 no such user");
      assertThat(failure(plain(server)).isPermanent()).isTrue();
      server.answers.put("RCPT", "451 come back later");
      SendException busy = failure(plain(server));
      assertThat(busy.isPermanent()).isFalse();
      assertThat(busy).hasMessageContaining("451");
    }
  }

  @Test
  void aServerThatNeverAnswersIsLeftAfterTheTimeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      MailTarget target = waiting(silent, Duration.ofMillis(200));
      long began = System.nanoTime();

      assertThat(failure(target).isPermanent()).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }
  }

  /** Each byte comes in time, and the answer never. */
  @Test
  @Timeout(60)
  void aServerThatOnlyTricklesIsLeftToo() throws Exception {
    try (ServerSocket slow = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> trickle(slow));
      MailTarget target = waiting(slow, Duration.ofMillis(200));
      long began = System.nanoTime();

      SendException failure = failure(target);

      assertThat(failure.isPermanent()).isFalse();
      assertThat(failure).hasMessageContaining("has not taken the mail within");
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isBetween(Duration.ofMillis(1_200), Duration.ofSeconds(10));
    }
  }

  /** The engine's end does not wait for a mail. */
  @Test
  @Timeout(60)
  void anInterruptionEndsTheWaitForAServer() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      MailTarget target = waiting(silent, Duration.ofHours(1));
      AtomicReference<Throwable> ended = new AtomicReference<>();
      Thread sender =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      target.send(List.of(LOCKOUT), 0);
                    } catch (SendException | InterruptedException e) {
                      ended.set(e);
                    }
                  });
      try (Socket connected = silent.accept()) {
        sender.interrupt();
        assertThat(sender.join(Duration.ofSeconds(20))).isTrue();
        assertThat(connected.getInputStream().read()).as("the connection is closed").isEqualTo(-1);
      }
      assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    }
  }

  private static void trickle(ServerSocket socket) {
    try (Socket peer = socket.accept()) {
      while (true) {
        peer.getOutputStream().write('2');
        Thread.sleep(20);
      }
    } catch (IOException e) {
      // The client has left.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static MailTarget plain(FakeMailServer server) {
    return new MailTarget(
        new MailTarget.Server(
            "127.0.0.1", server.port(), MailTarget.Security.NONE, Optional.empty()),
        "trader@example.org",
        List.of("trader@example.org"),
        TIMEOUT);
  }

  /** For a server that does not answer in time. */
  private static MailTarget waiting(ServerSocket server, Duration patience) {
    return new MailTarget(
        new MailTarget.Server(
            "127.0.0.1", server.getLocalPort(), MailTarget.Security.NONE, Optional.empty()),
        "a@example.org",
        List.of("b@example.org"),
        patience);
  }

  private static MailTarget target(
      FakeMailServer server, MailTarget.Security security, boolean trusted, String host)
      throws IOException {
    Optional<SSLSocketFactory> trust =
        trusted ? Optional.of(context.getSocketFactory()) : Optional.empty();
    return new MailTarget(
        new MailTarget.Server(
            host, server.port(), security, Optional.of(new MailTarget.Login("trader", PASSWORD))),
        "trader@example.org",
        List.of("trader@example.org", "coach@example.org"),
        TIMEOUT,
        trust);
  }

  private static SendException failure(MailTarget target) {
    return catchThrowableOfType(SendException.class, () -> target.send(List.of(LOCKOUT), 0));
  }
}
