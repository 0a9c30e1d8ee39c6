package dev.riskmanager.daemon.service;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** The other end: a datagram socket as systemd has one. Linux only. */
public final class Receiver implements AutoCloseable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int ADDRESS_BYTES = 110;
  private static final int LONGEST = 4096;

  private final int socket;

  private Receiver(int socket) {
    this.socket = socket;
  }

  /**
   * Binds one.
   *
   * @param address a path, or an abstract name after {@code @}
   */
  public static Receiver bind(String address) throws Throwable {
    ValueLayout.OfInt i = ValueLayout.JAVA_INT;
    int socket =
        (int) function("socket", FunctionDescriptor.of(i, i, i, i)).invoke(AF_UNIX, SOCK_DGRAM, 0);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment to = arena.allocate(ADDRESS_BYTES);
      to.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
      byte[] path = address.getBytes(StandardCharsets.UTF_8);
      if (path[0] == '@') {
        path[0] = 0;
      }
      MemorySegment.copy(path, 0, to, ValueLayout.JAVA_BYTE, 2, path.length);
      int bound =
          (int)
              function("bind", FunctionDescriptor.of(i, i, ValueLayout.ADDRESS, i))
                  .invoke(socket, to, 2 + path.length);
      MemorySegment timeout = arena.allocate(16);
      timeout.set(ValueLayout.JAVA_LONG, 0, 60);
      int set =
          (int)
              function("setsockopt", FunctionDescriptor.of(i, i, i, i, ValueLayout.ADDRESS, i))
                  .invoke(socket, SOL_SOCKET, SO_RCVTIMEO, timeout, 16);
      if (socket < 0 || bound != 0 || set != 0) {
        throw new AssertionError("bind " + address + ": " + bound + " " + set);
      }
    }
    return new Receiver(socket);
  }

  /** The next datagram, waited for at most a minute. */
  public String next() throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(LONGEST);
      long length =
          (long)
              function(
                      "recv",
                      FunctionDescriptor.of(
                          ValueLayout.JAVA_LONG,
                          ValueLayout.JAVA_INT,
                          ValueLayout.ADDRESS,
                          ValueLayout.JAVA_LONG,
                          ValueLayout.JAVA_INT))
                  .invoke(socket, buffer, (long) LONGEST, 0);
      if (length < 0) {
        throw new AssertionError("nothing came");
      }
      return new String(
          buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }
  }

  private static java.lang.invoke.MethodHandle function(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type);
  }

  @Override
  public void close() {
    try {
      int ignored =
          (int)
              function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
                  .invoke(socket);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
