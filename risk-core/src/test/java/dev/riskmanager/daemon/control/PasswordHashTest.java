package dev.riskmanager.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PasswordHashTest {
  /** From the test vectors of the reference implementation (phc-winner-argon2, src/test.c). */
  private static final String REFERENCE =
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

  @Test
  void agreesWithTheReferenceImplementation() {
    PasswordHash hash = PasswordHash.parse(REFERENCE).orElseThrow();

    assertThat(hash.matches("password".toCharArray())).isTrue();
    assertThat(hash.matches("Password".toCharArray())).isFalse();
    assertThat(hash.phc()).isEqualTo(REFERENCE);
  }

  @Test
  void aNewHashIsSaltedAndReadBack() {
    PasswordHash first = PasswordHash.of("correct hörse".toCharArray(), new SecureRandom());
    PasswordHash second = PasswordHash.of("correct hörse".toCharArray(), new SecureRandom());

    assertThat(first.phc())
        .isNotEqualTo(second.phc())
        .startsWith("$argon2id$v=19$m=19456,t=3,p=1$");
    PasswordHash read = PasswordHash.parse(first.phc()).orElseThrow();
    assertThat(read.matches("correct hörse".toCharArray())).isTrue();
    assertThat(read.matches("correct horse".toCharArray())).isFalse();
    assertThat(read.matches(new char[0])).isFalse();
  }

  @Test
  void refusesWhatIsNoHashOrCostsTooMuch() {
    assertThat(PasswordHash.parse("")).isEmpty();
    assertThat(PasswordHash.parse("secret")).isEmpty();
    assertThat(PasswordHash.parse(REFERENCE.replace("argon2id", "argon2i"))).isEmpty();
    assertThat(PasswordHash.parse(REFERENCE.replace("m=65536", "m=262144"))).isPresent();
    assertThat(PasswordHash.parse(REFERENCE.replace("m=65536", "m=262145"))).isEmpty();
    assertThat(PasswordHash.parse(REFERENCE.replace("t=2", "t=17"))).isEmpty();
    assertThat(PasswordHash.parse(REFERENCE.replace("t=2", "t=0"))).isEmpty();
    assertThat(PasswordHash.parse(REFERENCE.replace("p=1", "p=9"))).isEmpty();
    assertThat(PasswordHash.parse(REFERENCE.substring(0, 50))).isEmpty();
  }

  @Test
  void doesNotPrintItself() {
    assertThat(PasswordHash.parse(REFERENCE).orElseThrow())
        .hasToString("argon2id, 65536 KiB, 2 passes, 1 lane(s)");
  }
}
