import { recordAudit } from '../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { readAgencyDto, type AgencyDto } from './agency-dto.ts';
import { lockAgency } from './upsert-agency.ts';

/** Closes the agency: its API keys open nothing until it is registered again. Nothing is deleted. */
export async function archiveAgency(ctx: ServiceContext): Promise<AgencyDto> {
  return inTransaction(ctx, async (em) => {
    const agency = await lockAgency(em, ctx.agencyId);
    const now = ctx.now();
    const before = await readAgencyDto(em, agency, now);
    agency.archivedAt ??= now;
    const after = await readAgencyDto(em, agency, now);
    recordAudit(em, ctx, {
      action: 'agency.archived',
      subject: `agency:${agency.id}`,
      before,
      after,
    });
    return after;
  });
}
