@org.jspecify.annotations.NullMarked
package dev.riskmanager.admin.session;
