package dev.riskmanager.domain.world;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test of the core: whatever its worlds printed must have been expected. */
public abstract class WorldTest {
  private static final ThreadLocal<List<World>> OPEN = ThreadLocal.withInitial(ArrayList::new);

  static void opened(World world) {
    OPEN.get().add(world);
  }

  /** Worlds of tests that hold no such promise, run before on this thread. */
  @BeforeEach
  void forgetOthers() {
    OPEN.get().clear();
  }

  @AfterEach
  void nothingUnexpected() {
    List<World> worlds = List.copyOf(OPEN.get());
    OPEN.get().clear();
    worlds.forEach(World::nothingUnexpected);
  }
}
