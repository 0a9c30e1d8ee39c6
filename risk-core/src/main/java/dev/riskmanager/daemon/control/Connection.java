package dev.riskmanager.daemon.control;

import dev.riskmanager.daemon.port.Peer;
import dev.riskmanager.wire.Hello;
import dev.riskmanager.wire.LineReader;
import dev.riskmanager.wire.Protocol;
import dev.riskmanager.wire.RpcError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * One client. A thread reads its requests and carries them out one after the other, another sends;
 * both belong to this client alone, so that whatever it does or fails to do delays nobody else.
 */
final class Connection {
  private static final Logger log = LoggerFactory.getLogger(Connection.class);
  private static final List<String> HELLO = List.of("protocol", "client");

  private final SocketChannel channel;
  private final String socket;
  private final String server;
  private final String user;
  private final Limits limits;
  private final Outbox outbox;
  private final LineReader lines;
  private final Turns turns;
  private Methods methods = name -> null;
  private Runnable atEnd = () -> {};
  private volatile @Nullable Peer peer;

  private int ticksWithoutHello;
  private int ticksSending;

  /**
   * A client that has just connected.
   *
   * @param socket which socket it came to, {@code view} or {@code admin}
   * @param server our name and version
   * @param user its operating-system user
   * @param memory asked before a long line takes more
   * @param turns in which the requests of all clients are worked on
   */
  Connection(
      SocketChannel channel,
      String socket,
      String server,
      String user,
      Limits limits,
      LineReader.GrowthLimit memory,
      Turns turns) {
    this.channel = channel;
    this.socket = socket;
    this.server = server;
    this.user = user;
    this.limits = limits;
    this.outbox = new Outbox(limits.waitingBytes());
    this.turns = turns;
    this.lines = new LineReader(channel, memory);
  }

  /** Begins to serve; {@code ended} is called once, at the end. */
  void start(Methods served, Runnable ended) {
    methods = served;
    atEnd = ended;
    Thread.ofVirtual().name("control-" + socket + "-send").start(this::send);
    Thread.ofVirtual().name("control-" + socket + "-serve").start(this::serve);
  }

  /** Sends the newest picture, instead of one that is still waiting. */
  void picture(byte[] line) {
    outbox.picture(line);
  }

  /** Looks after the client; called every {@link Limits#tick} by one thread. */
  void tick() {
    if (peer == null && ++ticksWithoutHello > limits.helloTicks()) {
      drop("no hello");
      return;
    }
    ticksSending = outbox.sending() ? ticksSending + 1 : 0;
    if (ticksSending > limits.stallTicks()) {
      drop("does not read");
    }
  }

  /** Lets what is waiting be sent, and no more. */
  void finish() {
    outbox.close();
  }

  /** Ends it at once. */
  void drop(String why) {
    log.debug("control {}: dropped a client of user {}: {}", socket, user, why);
    end();
  }

  private void end() {
    outbox.close();
    try {
      channel.close();
    } catch (IOException e) {
      log.debug("control {}: closing failed", socket, e);
    }
  }

  private void send() {
    try {
      byte[] line = outbox.take();
      while (line != null) {
        ByteBuffer bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        line = outbox.take();
      }
    } catch (IOException e) {
      log.trace("control {}: a client of user {} went away", socket, user, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  private void serve() {
    try {
      byte[] line = lines.read();
      while (line != null) {
        Handled handled = new Handled(line);
        turns.take(handled);
        handled.finish();
        line = lines.read();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (LineReader.LineTooLongException e) {
      answer(null, new RpcError(Protocol.INVALID_REQUEST, e.getMessage() + "; closing"));
    } catch (IOException e) {
      log.trace("control {}: a client of user {} went away", socket, user, e);
    } finally {
      lines.wipe();
      outbox.close();
      atEnd.run();
    }
  }

  /**
   * One line. What may wait for the venue, the disk or a password is not done in the client's turn,
   * so that nobody waits with it.
   */
  private final class Handled implements Turns.Work {
    private final byte[] line;
    private @Nullable Request waiting;

    Handled(byte[] line) {
      this.line = line;
    }

    @Override
    public boolean run() {
      Request request;
      try {
        request = Request.parse(line);
      } catch (Request.Malformed e) {
        answer(e.id(), e.error());
        return true;
      } finally {
        Arrays.fill(line, (byte) 0);
      }
      boolean refused = true;
      try {
        Methods.Method method = find(request);
        if (method.waits()) {
          waiting = request;
          return false;
        }
        refused = carryOut(request, method);
      } catch (RpcFailure e) {
        answer(request.id(), e.error());
      } finally {
        if (waiting == null) {
          request.close();
        }
      }
      return refused;
    }

    void finish() {
      Request request = waiting;
      if (request == null) {
        return;
      }
      try (request) {
        carryOut(request, find(request));
      } catch (RpcFailure e) {
        answer(request.id(), e.error());
      }
    }
  }

  /** Returns whether it was refused. */
  private boolean carryOut(Request request, Methods.Method method) {
    try {
      Methods.Reply reply = method.body().call(caller(), request.params());
      if (answer(AnswerLine.result(request.id(), reply.result()))) {
        reply.after().run();
      }
      return false;
    } catch (RpcFailure e) {
      answer(request.id(), e.error());
    } catch (RuntimeException e) {
      log.error("control {}: {} failed", socket, Params.shortened(request.method()), e);
      answer(
          request.id(),
          new RpcError(Protocol.INTERNAL_ERROR, "the engine failed to answer; see its log"));
    }
    return true;
  }

  private Methods.Method find(Request request) throws RpcFailure {
    boolean hello = request.method().equals("hello");
    Methods.Method method =
        hello
            ? Methods.Method.quick(HELLO, (ignored, params) -> hello(params))
            : methods.find(request.method());
    if (method == null) {
      throw new RpcFailure(
          Protocol.METHOD_NOT_FOUND,
          "no method " + Params.shortened(request.method()) + " on the " + socket + " socket");
    }
    if (!hello && peer == null) {
      throw new RpcFailure(
          Protocol.INVALID_REQUEST, "say hello first: hello {\"protocol\":1,\"client\":\"…\"}");
    }
    request.params().allow(method.params());
    return method;
  }

  private Peer caller() {
    Peer known = peer;
    return known != null ? known : new Peer(user, "");
  }

  private Methods.Reply hello(Params params) throws RpcFailure {
    long protocol = params.requiredLong("protocol");
    if (protocol != Protocol.VERSION) {
      throw new RpcFailure(
          RpcError.badParameter(
              "protocol",
              "this engine speaks "
                  + Protocol.VERSION
                  + ", not "
                  + protocol
                  + "; use programs of the same version"));
    }
    peer = new Peer(user, params.requiredText("client", 100));
    return new Methods.Reply(new Hello(Protocol.VERSION, server, socket, user));
  }

  private void answer(@Nullable JsonNode id, RpcError error) {
    answer(AnswerLine.error(id, error));
  }

  private boolean answer(byte[] line) {
    boolean taken = outbox.answer(line);
    if (!taken) {
      drop("does not read its answers");
    }
    return taken;
  }
}
