/** {@code risk-admin demo}: the whole story on a simulated venue, with real processes. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.admin.demo;
