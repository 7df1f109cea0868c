import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** The scripts that pages embed, by name; the same ones stand under `/portal/<build>/`, where they never change. */
interface PortalFiles {
  /** Names this build: another one has another name. */
  readonly build: string;
  readonly files: ReadonlyMap<string, PortalFile>;
}

interface PortalFile {
  readonly etag: string;
  readonly bodies: Readonly<Record<Encoding, Buffer>>;
}

const ENCODINGS = ['br', 'gzip', 'identity'] as const;
type Encoding = (typeof ENCODINGS)[number];

/** Chunks carry their content in their name. */
const CHUNK = /-[\w-]{8}\.js$/;
const FOREVER = 'public, max-age=31536000, immutable';
/** A page that names no build gets a new one within five minutes, and never waits for it. */
const FOR_A_WHILE = 'public, max-age=300, stale-while-revalidate=86400';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Reads what was built into `folder`; undefined where nothing was. */
async function readPortalFiles(folder: string): Promise<PortalFiles | undefined> {
  const names = await readdir(folder).catch((): string[] => []);
  const scripts = names.filter((name) => name.endsWith('.js')).toSorted();
  if (scripts.length === 0) return undefined;
  const files = new Map<string, PortalFile>();
  const digest = createHash('sha256');
  for (const name of scripts) {
    // oxlint-disable-next-line no-await-in-loop -- a few files, once
    const text = await readFile(join(folder, name));
    digest.update(name).update(text);
    // oxlint-disable-next-line no-await-in-loop -- so that not all are compressed at once
    files.set(name, await fileOf(text));
  }
  return { build: digest.digest('hex').slice(0, 12), files };
}

async function fileOf(identity: Buffer): Promise<PortalFile> {
  const hash = createHash('sha256').update(identity).digest('base64url').slice(0, 22);
  const [br, gz] = await Promise.all([brotli(identity), zip(identity, { level: 9 })]);
  return { etag: `W/"${hash}"`, bodies: { br, gzip: gz, identity } };
}

/**
 * Serves the portal's scripts to every page: they are public and hold nothing of anybody's. They are read when they are
 * first asked for.
 */
export function addPortalFiles(app: FastifyInstance, folder: string): void {
  let read: Promise<PortalFiles | undefined> | undefined;
  const files = async (): Promise<PortalFiles | undefined> => (read ??= readPortalFiles(folder));

  app.get<{ Params: { name: string } }>('/portal/:name', async (request, reply) => {
    const { name } = request.params;
    const file = (await files())?.files.get(name);
    if (!file) return reply.callNotFound();
    return send(
      file,
      request,
      reply.header('cache-control', CHUNK.test(name) ? FOREVER : FOR_A_WHILE),
    );
  });

  app.get<{ Params: { build: string; name: string } }>(
    '/portal/:build/:name',
    async (request, reply) => {
      const built = await files();
      const file = built?.files.get(request.params.name);
      if (!file || built?.build !== request.params.build) return reply.callNotFound();
      return send(file, request, reply.header('cache-control', FOREVER));
    },
  );

  app.get('/portal', async (_request, reply) => {
    const built = await files();
    if (!built) return reply.callNotFound();
    const scripts = [...built.files.keys()].filter((name) => !CHUNK.test(name));
    return reply
      .header('cache-control', 'no-cache')
      .header('access-control-allow-origin', '*')
      .send({
        build: built.build,
        scripts: scripts.map((name) => `/portal/${built.build}/${name}`),
      });
  });
}

function send(file: PortalFile, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const encoding = encodingOf(request.headers['accept-encoding']);
  void reply
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('vary', 'accept-encoding')
    .header('etag', file.etag);
  if (request.headers['if-none-match'] === file.etag) return reply.code(304).send();
  if (encoding !== 'identity') void reply.header('content-encoding', encoding);
  return reply.type('text/javascript; charset=utf-8').send(file.bodies[encoding]);
}

function encodingOf(accepted: string | string[] | undefined): Encoding {
  const names = String(accepted ?? '').split(/[\s,;]+/);
  return ENCODINGS.find((encoding) => names.includes(encoding)) ?? 'identity';
}
