package dev.riskmanager.daemon.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Price;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShippedContractsTest {
  @Test
  void findsAContractOfAnyMonthByItsProduct() {
    ContractId id = new ContractId("CON.F.US.EP.Z25");
    assertThat(ShippedContracts.load().contract(id))
        .contains(new Contract(id, "ES", "ESZ5", Price.of("0.25"), Money.of("12.5")));
  }

  @Test
  void knowsNoDefaultForAnUnknownProduct() {
    assertThat(ShippedContracts.load().contract(new ContractId("CON.F.US.XYZ.Z25"))).isEmpty();
    assertThat(ShippedContracts.load().contract(new ContractId("EP"))).isEmpty();
  }

  @Test
  void symbolsAreTheTradersOwn() {
    assertThat(ShippedContracts.load().symbols()).hasSize(51).contains("ES", "6J", "M2K", "MBT");
  }

  @Test
  void damageIsNamedByLine() {
    String head = "group,symbol,symbol_id,tick_size,tick_value,description";
    assertThatIllegalStateException()
        .isThrownBy(() -> ShippedContracts.parse(List.of(head, "a,b,c")))
        .withMessageContaining("line 2");
    String row = "Equity,ES,F.US.EP,0.25,12.5,E-mini";
    assertThatIllegalStateException()
        .isThrownBy(() -> ShippedContracts.parse(List.of(head, row, row)))
        .withMessageContaining("line 3: F.US.EP is there twice");
    assertThatIllegalStateException()
        .isThrownBy(() -> ShippedContracts.parse(List.of(head, row.replace("0.25", "x"))))
        .withMessageContaining("line 2");
    // A price with too few places once made a tick of nothing.
    assertThatIllegalStateException()
        .isThrownBy(() -> ShippedContracts.parse(List.of(head, row.replace("0.25", "0.000000"))))
        .withMessageContaining("line 2: tick size and tick value must be positive");
  }
}
