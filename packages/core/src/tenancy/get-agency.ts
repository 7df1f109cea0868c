import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { readAgencyDto, type AgencyDto } from './agency-dto.ts';
import { findAgency } from './find-agency.ts';

/** The agency of the context and its settings. */
export async function getAgency(ctx: ServiceContext): Promise<AgencyDto> {
  return inTransaction(
    ctx,
    async (em) => readAgencyDto(em, await findAgency(em, ctx.agencyId), ctx.now()),
    {
      readOnly: true,
    },
  );
}
