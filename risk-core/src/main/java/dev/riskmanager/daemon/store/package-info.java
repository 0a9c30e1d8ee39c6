/** The durable books: one SQLite file, its migrations, its backups, and the lock of the engine. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.daemon.store;
