/**
 * The {@code berth} command: which subcommands there are. Shell 2 of the product, without a
 * cluster, lives in the rooms below. Leans on picocli.
 */
package dev.berth.local;
