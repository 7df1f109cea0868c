import {
  archiveAgency,
  getAgency,
  getAgencyBrand,
  listAgencies,
  ListAgenciesInput,
  setAgencyBrand,
  SetAgencyBrandInput,
  upsertAgency,
  UpsertAgencyInput,
} from '@retainer/core';

import { coreActor } from '../auth/actor.ts';
import { inAgency, pageOf, withoutAgency } from '../schemas.ts';
import { adminProcedure, registrarProcedure, router, serviceOf } from '../trpc.ts';
import { agencyBrandOut } from './outputs/export.ts';
import { agencyOut } from './outputs/tenancy.ts';

const PATH = '/api/agency/{agencyWorkspaceId}';
const TAGS = ['Registration'];

/** The agencies that Retainer serves. */
export const agenciesRouter = router({
  upsert: registrarProcedure
    .meta({
      openapi: {
        method: 'PUT',
        path: PATH,
        tags: TAGS,
        summary: 'Register an agency, or change its settings',
      },
    })
    .input(inAgency(UpsertAgencyInput.shape))
    .output(agencyOut)
    .mutation(({ ctx, input }) => upsertAgency(serviceOf(ctx), withoutAgency(input))),

  get: registrarProcedure
    .meta({
      openapi: { method: 'GET', path: PATH, tags: TAGS, summary: 'Read an agency’s settings' },
    })
    .input(inAgency({}))
    .output(agencyOut)
    .query(({ ctx }) => getAgency(serviceOf(ctx))),

  setBrand: registrarProcedure
    .meta({
      openapi: {
        method: 'PUT',
        path: `${PATH}/brand`,
        tags: TAGS,
        summary: 'Set the logo, colours and font of an agency’s documents',
      },
    })
    .input(inAgency(SetAgencyBrandInput.shape))
    .output(agencyBrandOut)
    .mutation(({ ctx, input }) => setAgencyBrand(serviceOf(ctx), withoutAgency(input))),

  getBrand: registrarProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: `${PATH}/brand`,
        tags: TAGS,
        summary: 'Read what was set of the look of an agency’s documents',
      },
    })
    .input(inAgency({}))
    .output(agencyBrandOut)
    .query(({ ctx }) => getAgencyBrand(serviceOf(ctx))),

  list: adminProcedure
    .meta({
      openapi: { method: 'GET', path: '/api/agencies', tags: TAGS, summary: 'List every agency' },
    })
    .input(ListAgenciesInput)
    .output(pageOf(agencyOut))
    .query(({ ctx: { services, actor, now }, input }) => {
      const facts = { actor: coreActor(actor), now: () => now };
      const within = (agencyId: string) => services.contextOf({ ...facts, agencyId });
      return listAgencies({ within }, input);
    }),

  archive: registrarProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: `${PATH}/archive`,
        tags: TAGS,
        summary: 'Close an agency; nothing is deleted',
      },
    })
    .input(inAgency({}))
    .output(agencyOut)
    .mutation(({ ctx }) => archiveAgency(serviceOf(ctx))),
});
