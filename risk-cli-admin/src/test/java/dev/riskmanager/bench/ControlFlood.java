package dev.riskmanager.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A process that floods the control sockets of an engine: it opens 200 connections that say hello
 * and nothing more; then for each line of its input it sends 1,000 wrong passwords and 10,000
 * malformed messages at once, half of them to each socket, and prints how long the answers took.
 *
 * <p>Argument: the directory of the sockets.
 */
public final class ControlFlood {
  private static final int IDLE = 200;
  private static final int PASSWORDS = 1_000;
  private static final int MALFORMED = 10_000;
  private static final int CONNECTIONS = 20;

  private static final String HELLO =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hello\",\"params\":{\"protocol\":1,\"client\":\"flood/1\"}}\n";

  private static final List<String> MESSAGES =
      List.of(
          "{\"jsonrpc\":\"2.0\",\"id\":\n",
          "[".repeat(500) + "\n",
          "not JSON at all\n",
          "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"no.such.method\",\"params\":{}}\n",
          "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"status\",\"params\":{\"acountId\":1}}\n",
          "x".repeat(3_000) + "\n",
          "{\"jsonrpc\":\"1.0\",\"id\":7,\"method\":\"status\"}\n",
          "\"" + "\\u0000".repeat(300) + "\"\n");

  private final Path run;

  private ControlFlood(Path run) {
    this.run = run;
  }

  /** Runs it until the end of its input. */
  public static void main(String[] args) throws Exception {
    new ControlFlood(Path.of(args[0])).run();
  }

  private void run() throws Exception {
    List<Client> idle = new ArrayList<>();
    for (int i = 0; i < IDLE; i++) {
      idle.add(new Client(i % 2 == 0 ? "view.sock" : "admin.sock"));
    }
    System.out.println(idle.size() + " idle connections");
    try (ExecutorService threads = Executors.newFixedThreadPool(2 * CONNECTIONS);
        BufferedReader input =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      while (input.readLine() != null) {
        long began = System.nanoTime();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
          String socket = i % 2 == 0 ? "view.sock" : "admin.sock";
          boolean emergency = i % 10 == 0;
          all.add(threads.submit(() -> passwords(PASSWORDS / CONNECTIONS, emergency)));
          all.add(threads.submit(() -> malformed(socket, MALFORMED / CONNECTIONS)));
        }
        for (Future<?> one : all) {
          one.get();
        }
        System.out.println((System.nanoTime() - began) / 1_000_000);
      }
    }
    for (Client client : idle) {
      client.close();
    }
  }

  /** With the method that a block does not stop, too: it is let through once a second. */
  private Void passwords(int number, boolean emergency) throws IOException {
    String method =
        emergency
            ? "\"lock\",\"params\":{\"accountId\":1,\"until\":\"2030-01-01T00:00:00Z\",\"reason\":\"flood\","
            : "\"authenticate\",\"params\":{";
    try (Client client = new Client("admin.sock")) {
      for (int i = 0; i < number; i++) {
        client.ask(
            "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":"
                + method
                + "\"password\":\"wrong "
                + i
                + "\"}}\n");
      }
    }
    return null;
  }

  private Void malformed(String socket, int number) throws IOException {
    try (Client client = new Client(socket)) {
      for (int i = 0; i < number; i++) {
        client.ask(MESSAGES.get(i % MESSAGES.size()));
      }
    }
    return null;
  }

  /** A connection that has said hello. */
  private final class Client implements AutoCloseable {
    private final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    private final ByteBuffer answer = ByteBuffer.allocate(1 << 16);

    private Client(String socket) throws IOException {
      channel.connect(UnixDomainSocketAddress.of(run.resolve(socket)));
      ask(HELLO);
    }

    /** Sends a line and waits for the line of its answer. */
    private void ask(String line) throws IOException {
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      answer.clear();
      do {
        if (channel.read(answer) < 0) {
          throw new IOException("the engine has closed the connection");
        }
      } while (answer.get(answer.position() - 1) != '\n');
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
