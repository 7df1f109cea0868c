import * as z from 'zod';

import type { Fields } from '../fields.ts';
import type { ListedProcedure } from '../rest/procedures.ts';
import { queryReader } from '../rest/query.ts';
import { pathFields, transportsOf, type Transport } from './calls.ts';
import { spotsOf, takes, WILD_VALUES, type Spot } from './schema-values.ts';

/** One value for one place of a procedure's input. */
export interface Attempt {
  readonly transport: Transport;
  readonly spot: Spot;
  readonly value: unknown;
  /** Whether the place's own schema takes the value. */
  readonly isTaken: boolean;
  readonly input: unknown;
}

/** The schema of a procedure's input. */
export function inputOf({ call: procedure }: ListedProcedure): z.core.$ZodType {
  const schema: unknown = procedure._def.inputs[0];
  return schema instanceof z.core.$ZodType ? schema : z.strictObject({});
}

/** Every wild value for every place of a procedure's input, each way it is served. */
export function attempts(procedure: ListedProcedure, known: Fields): Attempt[] {
  const spots = spotsOf(inputOf(procedure), known);
  return transportsOf(procedure).flatMap((transport) =>
    spots.flatMap((spot) =>
      WILD_VALUES.flatMap((value): Attempt[] => {
        const arrived = arrivalOf([transport, procedure], spot, value);
        if (!arrived) return [];
        const isTaken = takes(spot.schema, arrived.value);
        return [{ transport, spot, value, isTaken, input: spot.put(value) }];
      }),
    ),
  );
}

interface Arrival {
  readonly value: unknown;
}

/** What the schema gets to see of a value; nothing where it cannot be sent at all. */
function arrivalOf(
  [transport, procedure]: readonly [Transport, ListedProcedure],
  { path }: Spot,
  value: unknown,
): Arrival | undefined {
  if (transport === 'trpc') {
    return procedure.type === 'query' ? inAddress(value, value) : { value };
  }
  const [name = ''] = path;
  if (pathFields(procedure).includes(name)) {
    return typeof value === 'string' && value !== '' ? inAddress(value, value) : undefined;
  }
  if (procedure.rest?.method !== 'GET') return { value };
  return path.length > 1 ? undefined : inQuery(procedure, name, value);
}

function inQuery(procedure: ListedProcedure, name: string, value: unknown): Arrival | undefined {
  if (!TEXTUAL.includes(typeof value)) return undefined;
  return inAddress(value, queryReader(procedure.shape)({ [name]: String(value) })[name]);
}

const TEXTUAL = ['string', 'number', 'boolean'];

/** An address holds no halves of a surrogate pair. */
function inAddress(sent: unknown, value: unknown): Arrival | undefined {
  return typeof sent === 'string' && !sent.isWellFormed() ? undefined : { value };
}
