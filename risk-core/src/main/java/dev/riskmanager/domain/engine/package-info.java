/** One step: deadlines, fold, pre-check, guard or rules, ranking. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.domain.engine;
