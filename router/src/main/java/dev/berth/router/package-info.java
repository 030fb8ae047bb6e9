/**
 * The router: one process that answers for every endpoint of its table and sends each request
 * straight to a server. Here are its command line and its life from start to drain; the rooms below
 * hold what it does meanwhile.
 */
package dev.berth.router;
