/**
 * The venue's payloads as events, member by member: what the live gateway and a replay share.
 * Everything the program knows of the form of a payload is here. Pure.
 */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.payload;
