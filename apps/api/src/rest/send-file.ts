import { Buffer } from 'node:buffer';

import type { FastifyReply } from 'fastify';

import { fileOut } from '../exports/files/file-answer.ts';

/** Sends the file of an answer as a download. Nothing between us and the caller keeps it: its numbers change. */
export function sendFile(reply: FastifyReply, output: unknown): FastifyReply {
  const { fileName, mediaType, base64 } = fileOut.parse(output);
  return reply
    .header('content-disposition', contentDisposition(fileName))
    .header('cache-control', 'no-store')
    .type(mediaType)
    .send(Buffer.from(base64, 'base64'));
}

/** A download's header: the name in ASCII for all, and as it is for those who read RFC 6266. */
export function contentDisposition(fileName: string): string {
  const plain = fileName.replaceAll(/[^\w .()-]+/gu, '_');
  if (plain === fileName) return `attachment; filename="${plain}"`;
  const encoded = encodeURIComponent(fileName.toWellFormed()).replaceAll(
    /['()*]/gu,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
