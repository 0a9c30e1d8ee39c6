package dev.riskmanager.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SocketFileTest {
  @RegisterExtension final ShortPaths paths = new ShortPaths();

  @Test
  void theSocketAndItsDirectoryHaveTheirPermissions() throws Exception {
    Path socket = paths.root().resolve("run/view.sock");

    try (SocketFile file = SocketFile.listen(socket, "rw-rw----")) {
      assertThat(file.channel().isOpen()).isTrue();
      assertThat(permissions(socket)).isEqualTo("rw-rw----");
      assertThat(permissions(socket.resolveSibling("."))).isEqualTo("rwxr-x---");
      assertThat(namesIn(paths.root().resolve("run"))).containsExactly("view.sock");
      connect(socket).close();
    }
    assertThat(socket).doesNotExist();
  }

  @Test
  void aDirectoryOpenToOthersIsClosedToThem() throws Exception {
    Path run = Files.createDirectory(paths.root().resolve("run"));
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxrwxrwx"));

    SocketFile.listen(run.resolve("a.sock"), "rw-------").close();

    assertThat(permissions(run)).isEqualTo("rwxr-x---");
  }

  @Test
  void aDirectoryClosedToTheGroupStaysSo() throws Exception {
    Path run = Files.createDirectory(paths.root().resolve("run"));
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));

    SocketFile.listen(run.resolve("a.sock"), "rw-------").close();

    assertThat(permissions(run)).isEqualTo("rwx------");
  }

  @Test
  void whatAKilledEngineLeftIsReplaced() throws Exception {
    Path socket = paths.root().resolve("view.sock");
    try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(socket).exists();
    Path hidden = Files.createDirectory(paths.root().resolve(".v"));
    Files.createFile(hidden.resolve("s"));

    try (SocketFile file = SocketFile.listen(socket, "rw-rw----")) {
      assertThat(file.channel().isOpen()).isTrue();
      connect(socket).close();
    }
  }

  @Test
  void aLivingEngineIsNotReplaced() throws Exception {
    Path socket = paths.root().resolve("view.sock");

    try (SocketFile first = SocketFile.listen(socket, "rw-rw----")) {
      assertThatThrownBy(() -> SocketFile.listen(socket, "rw-rw----"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another engine listens at " + socket)
          .hasMessageContaining("risk-admin engine stop");
      assertThat(first.channel().isOpen()).isTrue();
      connect(socket).close();
    }
  }

  @Test
  void aFileInTheWayIsNotDeleted() throws Exception {
    Path socket = Files.writeString(paths.root().resolve("view.sock"), "precious");

    assertThatThrownBy(() -> SocketFile.listen(socket, "rw-rw----"))
        .hasMessageContaining("is no socket");
    assertThat(socket).hasContent("precious");
  }

  @Test
  void aPathMayHaveExactlyTheBytesTheSystemAllows() throws Exception {
    Path longest = pathOfLength(106);

    try (SocketFile file = SocketFile.listen(longest, "rw-rw----")) {
      assertThat(file.channel().isOpen()).isTrue();
      connect(longest).close();
    }
  }

  @Test
  void aByteMoreIsRefusedWithPathAndLimit() {
    Path tooLong = pathOfLength(107);

    assertThatThrownBy(() -> SocketFile.listen(tooLong, "rw-rw----"))
        .hasMessageContaining(tooLong.toString())
        .hasMessageContaining("has 107 bytes")
        .hasMessageContaining("allows 106");
    assertThat(tooLong.getParent()).doesNotExist();
  }

  @Test
  void anotherEnginesSocketIsLeftAlone() throws Exception {
    Path socket = paths.root().resolve("view.sock");
    SocketFile first = SocketFile.listen(socket, "rw-rw----");
    Files.delete(socket);

    try (SocketFile second = SocketFile.listen(socket, "rw-rw----")) {
      first.close();

      assertThat(second.channel().isOpen()).isTrue();
      connect(socket).close();
    }
  }

  private Path pathOfLength(int bytes) {
    String start = paths.root() + "/";
    String end = "/view.sock";
    return Path.of(start + "d".repeat(bytes - start.length() - end.length()) + end);
  }

  private static SocketChannel connect(Path socket) throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(socket));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static List<String> namesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }
}
