/** {@code risk-admin drill}: a fake breach through the installed path, with the times it takes. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.admin.drill;
