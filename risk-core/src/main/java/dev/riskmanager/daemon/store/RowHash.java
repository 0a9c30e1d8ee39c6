package dev.riskmanager.daemon.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * HMAC-SHA-256 over a name and values, each with its kind and, where its length is not its kind's,
 * its length: no two different rows are the same bytes. For one thread.
 */
final class RowHash {
  private static final byte NULL = 0;
  private static final byte NUMBER = 1;
  private static final byte TEXT = 2;
  private static final byte OTHER = 3;

  private final Mac mac;

  RowHash(SealKey key) {
    this.mac = key.mac();
  }

  /** The hash in hexadecimal. */
  String of(String name, @Nullable Object... values) {
    text(name);
    for (Object value : values) {
      switch (value) {
        case null -> mac.update(NULL);
        case Long number -> number(number);
        case Integer number -> number(number);
        case String text -> text(text);
        default -> {
          // Nothing that we write; it must only not be taken for something that we do.
          mac.update(OTHER);
          text(value.toString());
        }
      }
    }
    return HexFormat.of().formatHex(mac.doFinal());
  }

  private void number(long value) {
    mac.update(NUMBER);
    mac.update(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  private void text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    mac.update(TEXT);
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    mac.update(bytes);
  }
}
