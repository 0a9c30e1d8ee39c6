/** Changes of the rules: what tightens, what loosens, and when each takes effect (ADR 0007). */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.domain.rule.change;
