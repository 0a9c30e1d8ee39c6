package dev.riskmanager.fuzz;

/** Something that takes input of others, and may neither crash nor hang nor grow whatever comes. */
public interface Target extends AutoCloseable {
  /** One try with one input; throws what must not happen. */
  void attempt(Mutator input) throws Exception;

  @Override
  default void close() throws Exception {}
}
