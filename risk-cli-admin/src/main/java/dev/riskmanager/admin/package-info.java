/** The admin's program. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.admin;
