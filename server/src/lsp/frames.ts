/** A header is a line or two; nobody waits for the end of a longer one. */
const MOST_HEADER = 4096;
/** Bytes. No text in JavaScript is longer. */
const MOST_BODY = 2 ** 29;

/**
 * Watches over a stream of messages, each a header with a Content-Length and so many bytes. Whoever loses count never
 * finds the next message again and would wait for ever without a word.
 * @returns takes the bytes as they arrive; says why, as soon as it cannot be told any more where a message begins
 */
export function createFrameWatch(): (chunk: Uint8Array) => string | undefined {
  let line = '';
  let length: number | undefined;
  let headerBytes = 0;
  let bodyBytes = 0;
  return (chunk) => {
    let at = 0;
    for (;;) {
      const skipped = Math.min(bodyBytes, chunk.length - at);
      bodyBytes -= skipped;
      at += skipped;
      if (at >= chunk.length) return undefined;
      const newline = chunk.indexOf(10, at);
      const end = newline < 0 ? chunk.length : newline + 1;
      headerBytes += end - at;
      if (headerBytes > MOST_HEADER) return 'a header has no end';
      line += String.fromCharCode(...chunk.subarray(at, end));
      at = end;
      if (!/^(\r?\n?|[\w-]+(:.*\r?\n?)?)$/.test(line)) return `'${quote(line)}' is no header`;
      if (newline < 0) continue;
      if (!line.endsWith('\r\n')) return `the header '${quote(line)}' does not end in CR and LF`;
      if (line !== '\r\n') {
        const [, name = '', value = ''] = /^([\w-]+):\s*(.*?)\s*$/.exec(line) ?? [];
        if (name.toLowerCase() === 'content-length') {
          if (!/^\d+$/.test(value) || Number(value) > MOST_BODY) return `Content-Length is '${quote(value)}'`;
          length = Number(value);
        }
        line = '';
        continue;
      }
      if (length === undefined) return 'a message has no Content-Length';
      bodyBytes = length;
      line = '';
      length = undefined;
      headerBytes = 0;
    }
  };
}

/** Short, and of characters that any terminal shows as they are. */
function quote(text: string): string {
  return text
    .trim()
    .slice(0, 40)
    .replace(/[^ -~]/g, '?');
}
