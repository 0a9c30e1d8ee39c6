package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Prices are asked for as long as something is held or may be opened, and no longer. */
class MarketDataWishTest {
  private final World world = new World("");
  private final List<Set<ContractId>> asked = new ArrayList<>();
  private final MarketDataWish wish = new MarketDataWish(asked::add);

  /** What is asked for now; empty when nothing new was asked. */
  private List<String> change() {
    asked.clear();
    wish.follow(world.state());
    assertThat(asked).hasSizeLessThan(2);
    return asked.isEmpty()
        ? List.of("same")
        : asked.getFirst().stream().map(ContractId::value).toList();
  }

  @Test
  void ofWhatIsHeld() {
    assertThat(change()).containsExactly("same");
    world.position("NQ", 1);
    assertThat(change()).containsExactly("CON.F.US.ENQ.Z25");
    world.account(2).position("NQ", -1);
    world.position("CL", 2, "70");
    assertThat(change()).containsExactly("CON.F.US.CLE.Z25", "CON.F.US.ENQ.Z25");
    world.account(1).position("NQ", 0);
    world.quote("ES", "6000");
    assertThat(change()).containsExactly("same");
    world.account(2).position("NQ", 0);
    assertThat(change()).containsExactly("CON.F.US.CLE.Z25");
    world.position("CL", 0, "70");
    assertThat(change()).isEmpty();
  }

  @Test
  void ofWhatAWorkingOrderMayOpen() {
    world.order(5, "ES").buy(1).limit("5900").send();
    assertThat(change()).containsExactly("CON.F.US.EP.Z25");
    world.position("ES", 1, "5900");
    world.order(5, "ES").buy(1).limit("5900").filled(1).status(OrderStatus.FILLED).send();
    assertThat(change()).containsExactly("same");
    world.order(6, "ES").sell(1).stop("5890").send();
    world.position("ES", 0, "5900");
    assertThat(change()).containsExactly("same");
    world.order(6, "ES").sell(1).stop("5890").status(OrderStatus.CANCELLED).send();
    assertThat(change()).isEmpty();
  }
}
