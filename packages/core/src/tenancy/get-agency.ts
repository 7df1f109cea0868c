import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { toAgencyDto, type AgencyDto } from './agency-dto.ts';
import { findAgency } from './find-agency.ts';

/** The agency of the context and its settings. */
export async function getAgency(ctx: ServiceContext): Promise<AgencyDto> {
  return inTransaction(ctx, async (em) => toAgencyDto(await findAgency(em, ctx.agencyId)), {
    readOnly: true,
  });
}
