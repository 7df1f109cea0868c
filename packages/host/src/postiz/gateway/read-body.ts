import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

/** Postiz's own bound on `POST /posts`. */
const MOST_BYTES = 52_428_800;

/** Why a body cannot be judged; said to the caller in Postiz's way. */
export class BodyError extends Error {
  override readonly name = 'BodyError';
  readonly status: 400 | 413 | 415;

  constructor(status: 400 | 413 | 415, message: string) {
    super(message);
    this.status = status;
  }
}

/** Reads a whole body, of at most so many bytes. */
export async function readBody(
  request: IncomingMessage,
  most: number = MOST_BYTES,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    // An IncomingMessage without an encoding yields buffers.
    const bytes: Buffer = chunk;
    length += bytes.length;
    if (length > most) throw new BodyError(413, `The body is longer than ${most} bytes.`);
    chunks.push(bytes);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

const inflaters: Readonly<Record<string, (bytes: Buffer) => Promise<Buffer>>> = {
  identity: (bytes) => Promise.resolve(bytes),
  gzip: (bytes) => promisify(gunzip)(bytes, { maxOutputLength: MOST_BYTES }),
  deflate: (bytes) => promisify(inflate)(bytes, { maxOutputLength: MOST_BYTES }),
  br: (bytes) => promisify(brotliDecompress)(bytes, { maxOutputLength: MOST_BYTES }),
};

/**
 * The JSON object in a body. Postiz also reads forms and other encodings: what schedules a post must be JSON in UTF-8,
 * or the gateway would judge something else than Postiz does.
 */
export async function jsonBody(
  request: IncomingMessage,
  bytes: Buffer,
): Promise<Readonly<Record<string, unknown>>> {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
  const [media = '', ...parameters] = type.toLowerCase().split(';');
  const charset = parameters.map((one) => one.trim()).find((one) => one.startsWith('charset='));
  if (bytes.length > 0 && !/^application\/(?:[\w.-]+\+)?json$/u.test(media.trim())) {
    throw new BodyError(415, 'Send the body as application/json.');
  }
  if (charset !== undefined && !/^charset="?utf-?8"?$/u.test(charset)) {
    throw new BodyError(415, 'Send the body in UTF-8.');
  }
  const unpack = inflaters[encoding.trim().toLowerCase()];
  if (!unpack) throw new BodyError(415, `The content encoding ${encoding} is not known.`);
  return parsed(await unpack(bytes).catch(whenBroken));
}

function parsed(bytes: Buffer): Readonly<Record<string, unknown>> {
  if (bytes.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new BodyError(400, 'The body is not JSON.');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new BodyError(400, 'The body must be a JSON object.');
}

function whenBroken(): never {
  throw new BodyError(400, 'The body is not what its content encoding says.');
}
