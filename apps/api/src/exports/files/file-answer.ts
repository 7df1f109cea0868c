import { Buffer } from 'node:buffer';

import type { ExportFile } from '@retainer/core';
import * as z from 'zod';

import { MEDIA_TYPES } from './media-types.ts';

/** A file in an answer: bytes as they are over REST, base64 over tRPC, whose JSON has no bytes. */
export const fileOut = z
  .object({
    fileName: z.string(),
    mediaType: z.string(),
    base64: z.string().meta({ description: 'The file’s bytes.' }),
  })
  .meta({ description: 'A file. Over REST the answer is the file itself.' });

/** A file as procedures answer it. */
export type FileAnswer = z.output<typeof fileOut>;

/** The answer with a file that was made. */
export function toFileAnswer({ format, fileName, bytes }: ExportFile): FileAnswer {
  const base64 = Buffer.from(bytes).toString('base64');
  return { fileName, mediaType: MEDIA_TYPES[format], base64 };
}
