package dev.riskmanager.daemon.service;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Sends a datagram to a Unix socket of Linux. The JDK's Unix sockets are streams only, and a
 * program to do it for us would have to be started for every sign of life (ADR 0014).
 */
final class DatagramSocket {
  // bits/socket.h and sys/un.h of Linux, the same on x86-64 and AArch64.
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int PATH_OFFSET = 2;
  private static final int PATH_BYTES = 108;

  private DatagramSocket() {}

  /** Whether this system is one that it works on. */
  static boolean isSupported() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
  }

  /**
   * Sends it, without waiting for the reader.
   *
   * @param address a path, or a name that begins with {@code @} (abstract)
   */
  static void send(String address, String message) throws IOException {
    byte[] path = address.getBytes(StandardCharsets.UTF_8);
    if (path.length == 0 || path.length >= PATH_BYTES) {
      throw new IOException("the address of the socket is empty or too long: " + address);
    }
    if (path[0] == '@') {
      path[0] = 0;
    }
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment to = arena.allocate(PATH_OFFSET + PATH_BYTES);
      to.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
      MemorySegment.copy(path, 0, to, ValueLayout.JAVA_BYTE, PATH_OFFSET, path.length);
      MemorySegment bytes = arena.allocate(Math.max(1, text.length));
      MemorySegment.copy(text, 0, bytes, ValueLayout.JAVA_BYTE, 0, text.length);
      transmit(bytes, text.length, to, PATH_OFFSET + path.length);
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      // Only a wrong description of a function gets here.
      throw new IOException("the system's socket functions cannot be called", e);
    }
  }

  private static void transmit(MemorySegment bytes, long length, MemorySegment to, int toLength)
      throws Throwable {
    int socket =
        (int)
            function("socket", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)
                .invokeExact(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket < 0) {
      throw new IOException("no socket could be had");
    }
    try {
      MethodHandle sendTo =
          Linker.nativeLinker()
              .downcallHandle(
                  symbol("sendto"),
                  FunctionDescriptor.of(
                      ValueLayout.JAVA_LONG,
                      ValueLayout.JAVA_INT,
                      ValueLayout.ADDRESS,
                      ValueLayout.JAVA_LONG,
                      ValueLayout.JAVA_INT,
                      ValueLayout.ADDRESS,
                      ValueLayout.JAVA_INT));
      long sent =
          (long)
              sendTo.invokeExact(socket, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL, to, toLength);
      if (sent != length) {
        throw new IOException("the service manager did not take the message");
      }
    } finally {
      int ignored = (int) function("close", ValueLayout.JAVA_INT).invokeExact(socket);
    }
  }

  private static MethodHandle function(String name, ValueLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(symbol(name), FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
  }

  private static MemorySegment symbol(String name) {
    SymbolLookup system = Linker.nativeLinker().defaultLookup();
    return system.find(name).orElseThrow(() -> new IllegalStateException("no " + name));
  }
}
