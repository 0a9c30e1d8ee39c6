@org.jspecify.annotations.NullMarked
package dev.riskmanager.domain.engine;
