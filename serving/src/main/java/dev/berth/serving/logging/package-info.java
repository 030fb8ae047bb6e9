/** How the processes log. Leans on nothing of ours. */
package dev.berth.serving.logging;
