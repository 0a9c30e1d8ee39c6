package dev.riskmanager.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Against real sockets of the system. */
@EnabledOnOs(OS.LINUX)
class DatagramSocketTest {
  @TempDir Path directory;

  @Test
  void aDatagramArrivesWholeAtAPathAndAtAnAbstractName() throws Throwable {
    String abstractName = "@risk-manager-test-" + ProcessHandle.current().pid();
    for (String address : new String[] {directory.resolve("notify").toString(), abstractName}) {
      try (Receiver receiver = Receiver.bind(address)) {
        DatagramSocket.send(address, "READY=1\nSTATUS=süß\n");
        DatagramSocket.send(address, "WATCHDOG=1\n");

        assertThat(receiver.next()).isEqualTo("READY=1\nSTATUS=süß\n");
        assertThat(receiver.next()).isEqualTo("WATCHDOG=1\n");
      }
    }
  }

  @Test
  void nobodyThereOrNoAddressIsAnError() {
    assertThatThrownBy(() -> DatagramSocket.send(directory.resolve("none").toString(), "x"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("did not take");
    assertThatThrownBy(() -> DatagramSocket.send("/" + "x".repeat(108), "x"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("too long");
  }

  @Test
  void aReaderThatDoesNotReadIsNotWaitedFor() throws Throwable {
    String address = directory.resolve("full").toString();
    try (Receiver receiver = Receiver.bind(address)) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100_000; i++) {
                  DatagramSocket.send(address, "WATCHDOG=1\n");
                }
              })
          .isInstanceOf(IOException.class);
      assertThat(receiver.next()).isEqualTo("WATCHDOG=1\n");
    }
  }
}
