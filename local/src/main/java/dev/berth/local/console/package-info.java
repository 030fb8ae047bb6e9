/**
 * What a person at the terminal sees: a live table until all is in service, one line an event, and
 * a curl line that works. Plain lines where there is no terminal. Leans on the resource types.
 */
package dev.berth.local.console;
