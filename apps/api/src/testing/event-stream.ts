/** One event of a stream, as it came over the wire. */
export interface WireEvent {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: unknown;
}

/** A stream that is read block by block. */
export interface OpenStream {
  readonly response: Response;
  /** The next event; `undefined` when the stream has ended or broke off. Comments are passed over. */
  readonly next: () => Promise<WireEvent | undefined>;
  readonly close: () => Promise<void>;
}

/** Opens a stream as any HTTP client would. */
export async function openEventStream(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<OpenStream> {
  const leave = new AbortController();
  const response = await fetch(url, { headers, signal: leave.signal });
  const blocks = blocksOf(response);
  return {
    response,
    next: async () => {
      for (;;) {
        // oxlint-disable-next-line no-await-in-loop
        const { value, done } = await blocks.next();
        if (done === true) return undefined;
        const event = eventOf(value);
        if (event) return event;
      }
    },
    close: async () => {
      leave.abort();
      await blocks.return(undefined);
    },
  };
}

async function* blocksOf({ body }: Response): AsyncGenerator<string, void, undefined> {
  let text = '';
  try {
    for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += part;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      yield* blocks;
    }
  } catch {
    // It broke off.
  }
}

function eventOf(block: string): WireEvent | undefined {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const [, name, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) fields.set(name, value);
  }
  const data = fields.get('data');
  if (data === undefined) return undefined;
  return { id: fields.get('id'), event: fields.get('event'), data: JSON.parse(data || 'null') };
}
