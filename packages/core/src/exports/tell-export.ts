import { concern } from '../kernel/changed.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { ExportJob } from './export-job.entity.ts';
import { aliveUntil } from './open-export.ts';

/** What there is to tell of an export: what comes next, its file, or why there will be none. */
export type ExportNews =
  | { readonly kind: 'step'; readonly step: number; readonly doing: string }
  | { readonly kind: 'done'; readonly fileName: string; readonly file: Uint8Array }
  | { readonly kind: 'failed'; readonly failure: string };

/** Writes down how far an export is. One that was thrown away meanwhile stays away. */
export async function tellExport(
  ctx: ServiceContext,
  { exportId, news }: { readonly exportId: string; readonly news: ExportNews },
): Promise<void> {
  const { agencyId } = ctx;
  await inTransaction(ctx, async (em) => {
    // No dashboard shows it.
    concern(em, []);
    const job = await em.findOne(
      ExportJob,
      { agencyId, id: exportId, state: 'running' },
      { refresh: true },
    );
    if (!job) return;
    job.aliveUntil = aliveUntil(ctx);
    apply(job, news);
  });
}

function apply(job: ExportJob, news: ExportNews): void {
  switch (news.kind) {
    case 'step':
      job.step = news.step;
      job.doing = news.doing;
      return;
    case 'done':
      job.state = 'done';
      job.step = job.steps;
      job.doing = 'done';
      job.fileName = news.fileName;
      job.file = Buffer.from(news.file);
      return;
    case 'failed':
      job.state = 'failed';
      job.failure = news.failure;
      return;
  }
}
