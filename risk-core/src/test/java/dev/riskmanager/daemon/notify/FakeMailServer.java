package dev.riskmanager.daemon.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Enough of RFC 5321 to take a mail; keeps what it was told. */
final class FakeMailServer implements AutoCloseable {
  final List<String> commands = Collections.synchronizedList(new ArrayList<>());
  final List<String> mails = Collections.synchronizedList(new ArrayList<>());

  /** What it answers to a command instead of the usual. */
  final Map<String, String> answers = Collections.synchronizedMap(new HashMap<>());

  private final ServerSocket socket;
  private final Optional<SSLContext> tls;
  private final boolean tlsFromTheFirstByte;

  FakeMailServer(Optional<SSLContext> tls, boolean tlsFromTheFirstByte) throws IOException {
    this.tls = tls;
    this.tlsFromTheFirstByte = tlsFromTheFirstByte;
    this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket peer = socket.accept();
        Thread.ofVirtual().start(() -> serve(peer));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket peer) {
    try (peer) {
      talk(tlsFromTheFirstByte ? encrypted(peer) : peer, true);
    } catch (IOException e) {
      commands.add("ended: " + e.getClass().getSimpleName());
    }
  }

  private Socket encrypted(Socket peer) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            tls.orElseThrow()
                .getSocketFactory()
                .createSocket(peer, "localhost", peer.getPort(), true);
    secured.setUseClientMode(false);
    secured.startHandshake();
    return secured;
  }

  private void talk(Socket peer, boolean greet) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(peer.getInputStream(), StandardCharsets.ISO_8859_1));
    OutputStream out = peer.getOutputStream();
    if (greet) {
      say(out, "220 fake");
    }
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      commands.add(line);
      String verb = line.split(" ", 2)[0];
      String other = answers.get(verb);
      if (other != null) {
        say(out, other);
        continue;
      }
      switch (verb) {
        case "EHLO" -> {
          boolean offers = tls.isPresent() && !(peer instanceof SSLSocket);
          say(out, "250-fake\r\n" + (offers ? "250-STARTTLS\r\n" : "") + "250 AUTH PLAIN");
        }
        case "STARTTLS" -> {
          say(out, "220 go on");
          talk(encrypted(peer), false);
          return;
        }
        case "AUTH" -> say(out, "235 welcome");
        case "DATA" -> {
          say(out, "354 go on");
          mails.add(body(in));
          say(out, "250 taken");
        }
        case "QUIT" -> {
          say(out, "221 bye");
          return;
        }
        default -> say(out, "250 ok");
      }
    }
  }

  private static String body(BufferedReader in) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      text.append(line).append('\n');
    }
    return text.toString();
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** What a client said to log in. */
  static String plain(String user, String password) {
    return Base64.getEncoder()
        .encodeToString((user + "\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
