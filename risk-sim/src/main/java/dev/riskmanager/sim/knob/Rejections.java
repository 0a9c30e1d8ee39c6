package dev.riskmanager.sim.knob;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** Orders still to be rejected, and the text they are rejected with. */
public final class Rejections {
  /** None. */
  public static final Rejections NONE = new Rejections("", 0);

  private final String text;
  private final AtomicLong remaining;

  private Rejections(String text, long times) {
    this.text = text;
    this.remaining = new AtomicLong(times);
  }

  /** The text for this order when it is to be rejected; used up by one. */
  public Optional<String> take() {
    return remaining.getAndUpdate(n -> n > 0 ? n - 1 : 0) > 0
        ? Optional.of(text)
        : Optional.empty();
  }

  static Rejections parse(JsonNode v) {
    if (v.isString()) {
      return v.stringValue().isEmpty() ? NONE : new Rejections(v.stringValue(), Long.MAX_VALUE);
    }
    JsonNode text = v.get("text");
    JsonNode times = v.get("times");
    if (text == null || !text.isString() || (times != null && !times.isIntegralNumber())) {
      throw Knob.wrong("reject_orders", v, "a text, or {\"text\":TEXT,\"times\":N}");
    }
    return new Rejections(text.stringValue(), times == null ? Long.MAX_VALUE : times.longValue());
  }
}
