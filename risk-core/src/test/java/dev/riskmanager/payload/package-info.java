@org.jspecify.annotations.NullMarked
package dev.riskmanager.payload;
