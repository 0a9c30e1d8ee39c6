/** The thirteen rules, one file each, and their ordered list. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.domain.rule.catalog;
