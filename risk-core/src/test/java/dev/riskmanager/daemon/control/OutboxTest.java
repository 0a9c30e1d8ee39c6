package dev.riskmanager.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutboxTest {
  private final Outbox outbox = new Outbox(10);

  @Test
  void answersWaitInOrderUpToTheLimit() throws Exception {
    assertThat(outbox.answer(line(4))).isTrue();
    assertThat(outbox.answer(line(6))).isTrue();
    assertThat(outbox.answer(line(1))).isFalse();

    assertThat(outbox.take()).hasSize(4);
    assertThat(outbox.answer(line(5))).isFalse();
    assertThat(outbox.answer(line(3))).isTrue();
    assertThat(outbox.take()).hasSize(6);
    assertThat(outbox.take()).hasSize(3);
  }

  @Test
  void oneAnswerAlwaysFits() throws Exception {
    assertThat(outbox.answer(line(11))).isTrue();
    assertThat(outbox.answer(line(1))).isFalse();
    assertThat(outbox.take()).hasSize(11);
    assertThat(outbox.answer(line(12))).isTrue();
  }

  @Test
  void onlyTheNewestPictureWaitsAndAnswersGoFirst() throws Exception {
    outbox.picture(line(100));
    outbox.picture(line(200));
    assertThat(outbox.answer(line(2))).isTrue();

    assertThat(outbox.take()).hasSize(2);
    assertThat(outbox.take()).hasSize(200);
    outbox.close();
    assertThat(outbox.take()).isNull();
  }

  @Test
  void whatWaitsWhenItIsClosedIsStillHandedOut() throws Exception {
    outbox.answer(line(3));
    outbox.close();

    assertThat(outbox.sending()).isFalse();
    assertThat(outbox.take()).hasSize(3);
    assertThat(outbox.sending()).isTrue();
    assertThat(outbox.take()).isNull();
    assertThat(outbox.sending()).isFalse();
  }

  private static byte[] line(int length) {
    return new byte[length];
  }
}
