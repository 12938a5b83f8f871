import { CancellationError, type CancellationToken } from 'vscode';
import type { DiagnosticProviderMiddleware } from 'vscode-languageclient';

/** How long the typing rests before what is written is judged. */
const REST_MS = 400;

/** A word that is being typed is no mistake yet: problems are asked for once the typing rests. */
export const problemsAtRest: DiagnosticProviderMiddleware = {
  async provideDiagnostics(document, resultId, token, next) {
    if ('isDirty' in document && document.isDirty) await rest(token);
    return next(document, resultId, token);
  },
};

/** Throws when it is called off: the client asks again then, and shows until the answer what it shows now. */
function rest(token: CancellationToken): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      listener.dispose();
      resolve();
    }, REST_MS);
    const listener = token.onCancellationRequested(() => {
      clearTimeout(timer);
      listener.dispose();
      reject(new CancellationError());
    });
  });
}
