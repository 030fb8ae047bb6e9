/**
 * Sends each request to a server and its answer back. Everything about one request happens on the
 * event loop of its client's connection, upstream connections included, so nothing here locks.
 * Leans on {@code table} for where to, on {@code balance} for whom, on {@code serving.http} for the
 * client's side.
 */
package dev.berth.router.proxy;
