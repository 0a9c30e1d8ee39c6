package dev.riskmanager.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.wire.LineReader;
import dev.riskmanager.wire.WireJson;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A client that sends what it is told to, well-formed or not. */
final class RawClient implements AutoCloseable {
  static final String HELLO = hello(1);

  private final SocketChannel channel;
  private final LineReader lines;

  RawClient(Path socket) throws IOException {
    channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    lines = new LineReader(channel);
  }

  /** A client that has said hello. */
  static RawClient greeted(Path socket) throws IOException {
    RawClient client = new RawClient(socket);
    client.send(HELLO);
    assertThat(client.next().path("result").path("protocol").asInt()).isEqualTo(1);
    return client;
  }

  static String hello(int id) {
    return request(id, "hello", "{\"protocol\":1,\"client\":\"raw/1\"}");
  }

  static String request(int id, String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\""
        + method
        + "\",\"params\":"
        + params
        + "}";
  }

  void send(String line) throws IOException {
    send((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  void send(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** The next line, or null if the server has closed the connection. */
  @Nullable JsonNode nextOrEnd() throws IOException {
    byte[] line = lines.read();
    return line == null ? null : WireJson.mapper().readTree(line);
  }

  JsonNode next() throws IOException {
    JsonNode line = nextOrEnd();
    if (line == null) {
      throw new IOException("the server closed the connection");
    }
    return line;
  }

  /** Sends a request and returns the code of the error it must be answered with. */
  int errorOf(String line) throws IOException {
    send(line);
    return next().path("error").path("code").asInt();
  }

  void finishSending() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
