/** What is on the screen: pure functions from a picture, a time and a size to styled lines. */
@NullMarked
package dev.riskmanager.trader.view;

import org.jspecify.annotations.NullMarked;
