/**
 * What this process is told to serve: the file that the operator or the local shell writes, as
 * records, read strictly. A field that is not known is refused, because it would be obeyed by
 * nobody. Leans on Jackson only.
 */
package dev.berth.modelserver.config;
