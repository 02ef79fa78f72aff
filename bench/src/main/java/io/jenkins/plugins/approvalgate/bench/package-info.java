/** How fast the engine is, row by row, each beside what limits it; {@code bin/bench} runs it and prints one table. */
package io.jenkins.plugins.approvalgate.bench;
