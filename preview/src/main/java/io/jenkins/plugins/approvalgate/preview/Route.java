package io.jenkins.plugins.approvalgate.preview;

import java.io.IOException;

/** Answers the calls below one address. Called by several threads at once. */
@FunctionalInterface
interface Route {
    Reply answer(Call call) throws IOException;
}
