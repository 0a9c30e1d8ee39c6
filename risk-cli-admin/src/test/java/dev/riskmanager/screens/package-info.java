/** Takes the pictures of docs/screens.md from a real terminal; see {@code .ci/screens}. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.screens;
