/**
 * The table that is routed by: taken from a source, swapped in one write, looked up by path or
 * host. What outlives a table (a server's health, the place in the split, who is waiting) is
 * carried from one to the next. Leans on {@code balance} and the records of {@code serving.route}.
 */
package dev.berth.router.table;
