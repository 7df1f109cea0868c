import type * as z from 'zod';

import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import type { AgencyDto } from './agency-dto.ts';
import { getAgency } from './get-agency.ts';
import { cursorValue, pageOf, PageInput, type Page } from './input-fields.ts';
import { readAgencyIds } from './tenancy.queries.ts';

export const ListAgenciesInput = PageInput;
export type ListAgenciesInput = z.input<typeof ListAgenciesInput>;

/** Who asks across agencies: the operator, who is in none. */
export interface OperatorContext {
  /** Acts within one agency, by its id. */
  readonly within: (agencyId: string) => ServiceContext;
}

/** Every agency by id, archived ones too. For the operator: each is read as itself, under its own row-level security. */
export async function listAgencies(
  operator: OperatorContext,
  input: ListAgenciesInput,
): Promise<Page<AgencyDto>> {
  const { cursor, limit } = ListAgenciesInput.parse(input);
  const after = cursor === undefined ? '' : cursorValue(cursor);
  const ids = await inTransaction(
    operator.within(''),
    (em) => readAgencyIds(em, { after, limit: limit + 1 }),
    { readOnly: true },
  );
  const page = pageOf(ids, { limit, cursorOf: (id) => id, toItem: (id) => id });
  const items: AgencyDto[] = [];
  for (const agencyId of page.items) {
    // One connection for the whole list, whatever its length.
    // oxlint-disable-next-line no-await-in-loop
    items.push(await getAgency(operator.within(agencyId)));
  }
  return { items, nextCursor: page.nextCursor };
}
