@org.jspecify.annotations.NullMarked
package dev.riskmanager.daemon.service;
