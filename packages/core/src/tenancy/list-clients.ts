import * as z from 'zod';

import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { toClientDto, type ClientDto } from './client-dto.ts';
import { Client } from './client.entity.ts';
import { findAgency } from './find-agency.ts';
import { cursorValue, pageOf, PageInput, type Page } from './input-fields.ts';

export const ListClientsInput = PageInput.extend({ includeArchived: z.boolean().default(false) });
export type ListClientsInput = z.input<typeof ListClientsInput>;

/** The agency's clients by id. */
export async function listClients(
  ctx: ServiceContext,
  input: ListClientsInput,
): Promise<Page<ClientDto>> {
  const { cursor, limit, includeArchived } = ListClientsInput.parse(input);
  return inTransaction(
    ctx,
    async (em) => {
      const agency = await findAgency(em, ctx.agencyId);
      const where = {
        agencyId: agency.id,
        ...(cursor !== undefined && { id: { $gt: cursorValue(cursor) } }),
        ...(!includeArchived && { archivedAt: null }),
      };
      const rows = await em.find(Client, where, { orderBy: { id: 'asc' }, limit: limit + 1 });
      return pageOf(rows, {
        limit,
        cursorOf: (row) => row.id,
        toItem: (row) => toClientDto(row, agency),
      });
    },
    { readOnly: true },
  );
}
