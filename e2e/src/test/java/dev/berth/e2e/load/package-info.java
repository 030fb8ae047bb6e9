/** The load client is shown failures that it must not overlook. */
package dev.berth.e2e.load;
