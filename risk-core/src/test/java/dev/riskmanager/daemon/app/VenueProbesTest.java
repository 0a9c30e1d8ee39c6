package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.PnlView;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class VenueProbesTest {
  @Test
  void anAccountThatCannotBeReadIsNotAdvisedToBeGivenUp() throws Exception {
    AccountView sound = account(501);
    assertThat(VenueProbes.watched(List.of(sound, account(502)))).isEqualTo("2 protected");

    String why = "account 502: NOT able to act: its positions and orders cannot be read";
    Probing.Finding found =
        catchThrowableOfType(
            Probing.Finding.class,
            () -> VenueProbes.watched(List.of(sound, account(502).withNotProtected(why))));

    assertThat(found).hasMessage(why);
    assertThat(found.remedy()).isNotEmpty().doesNotContain("remove");
  }

  private static AccountView account(long id) {
    return new AccountView(
        id,
        "",
        true,
        false,
        List.of(),
        new PnlView(LocalDate.of(2025, 10, 31), null, null, null, null, 0, List.of()),
        List.of(),
        List.of(),
        List.of(),
        null,
        null);
  }
}
