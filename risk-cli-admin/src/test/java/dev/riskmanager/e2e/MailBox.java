package dev.riskmanager.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A mail server for a test: takes each mail (RFC 5321, the least of it), or only trickles. */
final class MailBox implements AutoCloseable {
  private final ServerSocket socket;
  private final boolean trickles;
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<String> mails = Collections.synchronizedList(new ArrayList<>());

  private MailBox(boolean trickles) throws IOException {
    this.trickles = trickles;
    this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** One that takes what comes. */
  static MailBox open() throws IOException {
    return new MailBox(false);
  }

  /** One that sends a byte now and then, and no answer. */
  static MailBox trickling() throws IOException {
    return new MailBox(true);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Heads and bodies. */
  List<String> mails() {
    return List.copyOf(mails);
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
      if (trickles) {
        trickle(peer.getOutputStream());
      } else {
        talk(
            new BufferedReader(
                new InputStreamReader(peer.getInputStream(), StandardCharsets.UTF_8)),
            peer.getOutputStream());
      }
    } catch (IOException e) {
      // The other side has left.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void trickle(OutputStream out) throws IOException, InterruptedException {
    do {
      out.write('2');
    } while (!over.await(500, TimeUnit.MILLISECONDS));
  }

  private void talk(BufferedReader in, OutputStream out) throws IOException {
    say(out, "220 box");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals("DATA")) {
        say(out, "354 go on");
        StringBuilder mail = new StringBuilder();
        for (String part = in.readLine(); part != null && !part.equals("."); part = in.readLine()) {
          mail.append(part).append('\n');
        }
        mails.add(mail.toString());
      }
      say(out, line.equals("QUIT") ? "221 bye" : "250 ok");
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    over.countDown();
    socket.close();
  }
}
