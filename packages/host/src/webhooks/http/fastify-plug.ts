import type { WebhookReceiver } from '../receiver.ts';

/** As much of Fastify as the plug needs: any version from 4 on has it. */
export interface FastifyLike {
  readonly register: (plug: (scope: FastifyScope) => Promise<void>) => unknown;
}

/** A part of a Fastify server with parsers of its own. */
export interface FastifyScope {
  readonly removeAllContentTypeParsers: () => void;
  readonly addContentTypeParser: (
    type: string,
    options: { readonly parseAs: 'buffer'; readonly bodyLimit: number },
    parse: (request: unknown, body: Buffer, done: (error: null, body: Buffer) => void) => void,
  ) => unknown;
  readonly route: (options: {
    readonly method: 'POST';
    readonly url: string;
    readonly handler: (
      request: { readonly raw: FastifyRaw; readonly body: unknown },
      reply: FastifyReplyLike,
    ) => Promise<unknown>;
  }) => unknown;
}

/** As much of a Node request as is needed, of any version of HTTP. */
export interface FastifyRaw {
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A reply of Fastify's. */
export interface FastifyReplyLike {
  readonly code: (status: number) => { readonly send: (body?: unknown) => unknown };
}

/**
 * Serves a receiver under `/hooks/` of a Fastify server. The body is taken as it comes, in a scope of its own: other
 * routes keep their parsers.
 */
export function fastifyWebhooks(server: FastifyLike, receiver: WebhookReceiver): void {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    const options = { parseAs: 'buffer', bodyLimit: receiver.largestBody } as const;
    scope.addContentTypeParser('*', options, (_, body, done) => done(null, body));
    scope.route({
      method: 'POST',
      url: '/hooks/:host/:token',
      handler: async ({ raw, body }, reply) => {
        const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
        const { url: path = '', headers } = raw;
        const { status } = await receiver.receive({ path, headers, body: bytes });
        return reply.code(status).send();
      },
    });
  });
}
