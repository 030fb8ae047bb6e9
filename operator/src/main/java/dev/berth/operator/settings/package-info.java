/**
 * What the operator is told when it starts: flags, or the environment variables that the chart
 * sets. Read once, handed on as one record. Leans on picocli for parsing.
 */
package dev.berth.operator.settings;
