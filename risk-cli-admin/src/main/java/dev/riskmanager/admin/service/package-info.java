/** Makes the engine a service of the operating system, and takes it away again. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.admin.service;
