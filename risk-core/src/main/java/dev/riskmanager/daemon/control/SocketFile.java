package dev.riskmanager.daemon.control;

import dev.riskmanager.wire.Protocol;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a listening socket. It is never visible with more permissions than it shall have: it
 * is made in a directory nobody else can enter, gets its permissions there, and is then moved to
 * its place.
 */
final class SocketFile implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SocketFile.class);
  private static final int BACKLOG = 128;

  private final Path path;
  private final ServerSocketChannel channel;
  private final @Nullable Object identity;

  private SocketFile(Path path, ServerSocketChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.identity = identity(path);
  }

  /**
   * Listens at a path.
   *
   * @param permissions of the socket, such as {@code rw-rw----}
   * @throws IOException with one line for the user: the path is too long, something else listens
   *     there, the directory cannot be used
   */
  static SocketFile listen(Path path, String permissions) throws IOException {
    checkLength(path);
    Path directory = path.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException(path + " is not a path for a socket");
    }
    prepare(directory);
    refuseIfTaken(path);
    return make(path, permissions, directory);
  }

  /**
   * Listens at the same path again, whatever stands there now.
   *
   * @throws IOException with one line for the user
   */
  static SocketFile listenAnew(Path path, String permissions) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException(path + " is not a path for a socket");
    }
    prepare(directory);
    clear(path, directory);
    return make(path, permissions, directory);
  }

  /** No socket can be moved over a directory; one that is not empty is put aside as it is. */
  private static void clear(Path path, Path directory) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Files.delete(path);
    } catch (DirectoryNotEmptyException e) {
      Path aside = Files.createTempDirectory(directory, "in-the-way-");
      Files.move(path, aside.resolve("it"), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static SocketFile make(Path path, String permissions, Path directory) throws IOException {
    boolean posix = isPosix(directory);
    Path hidden = posix ? hiddenDirectory(path, directory) : directory;
    Path made = posix ? hidden.resolve("s") : path;
    if (!posix) {
      Files.deleteIfExists(path);
    }
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      checkLength(made);
      channel.bind(UnixDomainSocketAddress.of(made), BACKLOG);
      if (posix) {
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(permissions));
        giveGroup(made, directory);
        move(made, path);
      }
      return new SocketFile(path, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      Files.deleteIfExists(made);
      throw e;
    } finally {
      if (posix) {
        Files.deleteIfExists(hidden);
      }
    }
  }

  /**
   * A directory only we can enter, beside the socket. Its name is so short that what fits into the
   * socket's own path fits here. One that an engine left behind when it was killed is used again.
   */
  private static Path hiddenDirectory(Path path, Path directory) throws IOException {
    Path name = path.getFileName();
    Path hidden = directory.resolve("." + String.valueOf(name).charAt(0));
    Files.deleteIfExists(hidden.resolve("s"));
    Files.deleteIfExists(hidden);
    return Files.createDirectory(hidden, mode("rwx------"));
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("cannot put a socket at " + to + ": " + e.getReason(), e);
    }
  }

  private static void checkLength(Path path) throws IOException {
    int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > Protocol.MAX_SOCKET_PATH_BYTES) {
      throw new IOException(
          "the socket path "
              + path
              + " has "
              + length
              + " bytes, the system allows "
              + Protocol.MAX_SOCKET_PATH_BYTES
              + "; use a home directory with a shorter path");
    }
  }

  /** The directory exists, and neither the group can write to it nor others enter it. */
  private static void prepare(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Path parent = directory.getParent();
      Files.createDirectories(parent == null ? directory : parent);
      Files.createDirectory(directory, attributes(directory));
    }
    if (!isPosix(directory)) {
      return;
    }
    Set<PosixFilePermission> now = Files.getPosixFilePermissions(directory);
    Set<PosixFilePermission> allowed = PosixFilePermissions.fromString("rwxr-x---");
    if (!allowed.containsAll(now)) {
      try {
        Files.setPosixFilePermissions(directory, allowed);
      } catch (IOException e) {
        throw new IOException(
            "others may enter "
                + directory
                + " ("
                + PosixFilePermissions.toString(now)
                + ") and that cannot be changed; run: chmod 750 "
                + directory,
            e);
      }
    }
  }

  private static FileAttribute<?>[] attributes(Path directory) {
    return isPosix(directory)
        ? new FileAttribute<?>[] {mode("rwxr-x---")}
        : new FileAttribute<?>[0];
  }

  private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /**
   * A socket file that nobody listens at was left by an engine that was killed; it may be replaced.
   */
  private static void refuseIfTaken(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    BasicFileAttributes attributes =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isOther()) {
      throw new IOException(path + " is in the way and is no socket; move it away");
    }
    boolean taken;
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      taken = probe.connect(UnixDomainSocketAddress.of(path));
    } catch (IOException e) {
      taken = false;
    }
    if (taken) {
      throw new IOException(
          "another engine listens at " + path + "; stop it first: risk-admin engine stop");
    }
  }

  /** Whoever may enter the directory as its group is meant to use the socket as its group. */
  private static void giveGroup(Path socket, Path directory) throws IOException {
    GroupPrincipal wanted = Files.readAttributes(directory, PosixFileAttributes.class).group();
    if (Files.readAttributes(socket, PosixFileAttributes.class).group().equals(wanted)) {
      return;
    }
    PosixFileAttributeView view = Files.getFileAttributeView(socket, PosixFileAttributeView.class);
    try {
      view.setGroup(wanted);
    } catch (IOException e) {
      log.warn(
          "control: cannot give {} to the group {} of its directory; its members cannot use it",
          socket,
          wanted);
    }
  }

  private static @Nullable Object identity(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  /** Where clients arrive. */
  ServerSocketChannel channel() {
    return channel;
  }

  /** Whether clients who go to the path still come to us. */
  boolean isInPlace() {
    try {
      return identity == null || identity.equals(identity(path));
    } catch (IOException _) {
      return false;
    }
  }

  /** Stops listening and removes the file, unless it is another's by now. */
  @Override
  public void close() throws IOException {
    channel.close();
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        && (identity == null || identity.equals(identity(path)))) {
      Files.deleteIfExists(path);
    }
  }
}
