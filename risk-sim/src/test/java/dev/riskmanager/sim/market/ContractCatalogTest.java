package dev.riskmanager.sim.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractCatalogTest {
  private final ContractCatalog catalog = new ContractCatalog();

  @ParameterizedTest
  @CsvSource({
    "MNQ, CON.F.US.MNQ.U26, true, MNQU26",
    "ES, CON.F.US.EP.U26, true, ESU26",
    "6E, CON.F.US.EU6.U26, true, 6EU26",
    "M2KU6, CON.F.US.M2K.U26, true, M2KU26",
    "CON.F.US.ENQ.H27, CON.F.US.ENQ.H27, false, NQH27",
  })
  void contractsAreFoundBySymbolNameAndId(
      String text, String id, boolean active, String displayName) {
    Contract contract = catalog.find(text).orElseThrow();
    assertThat(contract.id()).isEqualTo(id);
    assertThat(contract.active()).isEqualTo(active);
    assertThat(contract.displayName()).isEqualTo(displayName);
  }

  @ParameterizedTest
  @CsvSource({
    "CON.F.US.EP.A26",
    "CON.F.US.EP.U2",
    "CON.F.US.ES.U26",
    "EP",
    "''",
    "CON.F.EU.EP.U26"
  })
  void otherTextsAreNoContract(String text) {
    assertThat(catalog.find(text)).isEmpty();
  }

  @Test
  void anotherMonthHasTheEconomicsOfItsProduct() {
    Contract gold = catalog.byId("CON.F.US.GCE.G27").orElseThrow();
    assertThat(gold.tickSize()).isEqualByComparingTo("0.1");
    assertThat(gold.tickValue()).isEqualByComparingTo("10");
    assertThat(gold.name()).isEqualTo("GCG7");
    assertThat(gold.description()).endsWith(": February 2027");
  }

  @Test
  void everyListedProductHasAFeeAndAStartOnATick() {
    List<Contract> all = catalog.available();
    assertThat(all).hasSize(51);
    for (Contract contract : all) {
      ContractCatalog.Product product = catalog.product(contract);
      assertThat(product.fee().signum()).as(contract.symbol()).isPositive();
      assertThat(contract.isOnTick(product.startPrice())).as(contract.symbol()).isTrue();
    }
  }

  @Test
  void searchIsFuzzyAndSymbolsAreNot() {
    assertThat(catalog.search("ES")).extracting(Contract::symbol).contains("ES", "MES");
    assertThat(catalog.search("zzz")).isEmpty();
  }

  @Test
  void smallTicksAreExact() {
    Contract yen = catalog.find("6J").orElseThrow();
    assertThat(yen.tickSize()).isEqualByComparingTo("0.0000005");
    assertThat(yen.money(new BigDecimal("0.0000015"), BigDecimal.TWO)).isEqualByComparingTo("37.5");
    assertThat(yen.ticksIn(new BigDecimal("-0.0000019"))).isEqualTo(3);
  }
}
