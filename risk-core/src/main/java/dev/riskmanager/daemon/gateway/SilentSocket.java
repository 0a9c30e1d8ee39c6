package dev.riskmanager.daemon.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.SocketFactory;

/**
 * A connection to nobody: each request that is written to it is answered with the same text, out of
 * memory. Nothing leaves the process, whatever address it is told to connect to.
 */
final class SilentSocket extends Socket {
  private static final byte[] END = new byte[0];

  private final byte[] answer;
  private final LinkedBlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
  private final InputStream in = new Answers();
  private final OutputStream out = new Requests();
  private volatile boolean closed;

  private SilentSocket(String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    byte[] first = head.getBytes(StandardCharsets.US_ASCII);
    answer = Arrays.copyOf(first, first.length + body.length);
    System.arraycopy(body, 0, answer, first.length, body.length);
  }

  /** Makes such sockets, which all answer with this JSON text. */
  static SocketFactory answering(String json) {
    return new SocketFactory() {
      @Override
      public Socket createSocket() {
        return new SilentSocket(json);
      }

      @Override
      public Socket createSocket(String host, int port) {
        return createSocket();
      }

      @Override
      public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        return createSocket();
      }

      @Override
      public Socket createSocket(InetAddress host, int port) {
        return createSocket();
      }

      @Override
      public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        return createSocket();
      }
    };
  }

  @Override
  public void connect(SocketAddress endpoint) {}

  @Override
  public void connect(SocketAddress endpoint, int timeout) {}

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void setSoTimeout(int timeout) {}

  @Override
  public int getSoTimeout() {
    return 0;
  }

  @Override
  public InputStream getInputStream() {
    return in;
  }

  @Override
  public OutputStream getOutputStream() {
    return out;
  }

  @Override
  public void close() {
    closed = true;
    answers.add(END);
  }

  /** The client flushes once for each request, at its end. */
  private final class Requests extends OutputStream {
    private boolean written;

    @Override
    public void write(int oneByte) {
      written = true;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      written |= length > 0;
    }

    @Override
    public void flush() {
      if (written) {
        written = false;
        answers.add(answer);
      }
    }
  }

  private final class Answers extends InputStream {
    private byte[] current = END;
    private int position;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (position == current.length) {
        try {
          current = answers.take();
          position = 0;
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted", e);
        }
        if (current.length == 0) {
          return -1;
        }
      }
      int count = Math.min(length, current.length - position);
      System.arraycopy(current, position, into, offset, count);
      position += count;
      return count;
    }
  }
}
