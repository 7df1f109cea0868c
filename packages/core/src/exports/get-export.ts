import type { EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '@retainer/domain';
import * as z from 'zod';

import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { toExportStatus, type ExportStatus } from './export-dto.ts';
import { ExportJob, type ExportFormat } from './export-job.entity.ts';

export const GetExportInput = z.strictObject({ exportId: z.uuid() });
export type GetExportInput = z.input<typeof GetExportInput>;

/** How far an export is, whichever process makes it. `not_found` when it expired. */
export async function getExport(ctx: ServiceContext, input: GetExportInput): Promise<ExportStatus> {
  const { exportId } = GetExportInput.parse(input);
  return inTransaction(
    ctx,
    async (em) => toExportStatus(await findExport(em, ctx, { exportId }), ctx.now()),
    { readOnly: true },
  );
}

/** A file that was made. */
export interface ExportFile {
  readonly format: ExportFormat;
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** The file of an export that is done; `conflict` before, with how far it is. */
export async function getExportFile(
  ctx: ServiceContext,
  input: GetExportInput,
): Promise<ExportFile> {
  const { exportId } = GetExportInput.parse(input);
  return inTransaction(
    ctx,
    async (em) => {
      const job = await findExport(em, ctx, { exportId, withFile: true });
      const { fileName, file } = job;
      if (file && typeof fileName === 'string')
        return { format: job.format, fileName, bytes: file };
      const { state, step, steps, failure } = toExportStatus(job, ctx.now());
      const message =
        state === 'failed'
          ? `This export failed. ${failure ?? ''}`.trim()
          : `This export is not done: ${step} of ${steps} steps are behind it.`;
      throw new DomainError('conflict', message);
    },
    { readOnly: true },
  );
}

interface Wanted {
  readonly exportId: string;
  readonly withFile?: true;
}

async function findExport(
  em: EntityManager,
  ctx: ServiceContext,
  { exportId: id, withFile }: Wanted,
): Promise<ExportJob> {
  const where = { agencyId: ctx.agencyId, id, expiresAt: { $gt: ctx.now() } };
  const options = { refresh: true, ...(withFile && { populate: ['file'] as const }) };
  const job = await em.findOne(ExportJob, where, options);
  if (job) return job;
  throw new DomainError('not_found', 'There is no such export, or its time is over.');
}
