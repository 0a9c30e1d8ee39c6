/** What is known of the accounts, and how events change it. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.domain.state;
