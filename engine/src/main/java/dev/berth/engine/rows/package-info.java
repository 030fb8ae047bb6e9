/**
 * Rows as callers hand them in: dense or sparse, owned and reused by the caller. The other rooms
 * read them and keep nothing of them. Leans on nothing.
 */
package dev.berth.engine.rows;
