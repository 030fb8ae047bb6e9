/** What a person at the terminal reads, to the letter. */
package dev.berth.local.console;
