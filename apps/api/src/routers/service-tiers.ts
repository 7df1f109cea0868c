import {
  archiveTier,
  ArchiveTierInput,
  createDefaultTiers,
  createServiceTier,
  CreateServiceTierInput,
  getTier,
  GetTierInput,
  listServiceTiers,
  ListServiceTiersInput,
  publishTierVersion,
  PublishTierVersionInput,
} from '@retainer/core';

import { inAgency, listOf, withoutAgency } from '../schemas.ts';
import { agencyProcedure, hostProcedure, router, serviceOf } from '../trpc.ts';
import { tierOut } from './outputs/tier.ts';

const ALL = '/api/agency/{agencyWorkspaceId}/service-tiers';
const ONE = `${ALL}/{tierId}` as const;
const TAGS = ['Service tiers'];

/** The tiers an agency offers, by their versions. */
export const serviceTiersRouter = router({
  create: agencyProcedure
    .meta({ openapi: { method: 'POST', path: ALL, tags: TAGS, summary: 'Make a tier' } })
    .input(inAgency(CreateServiceTierInput.shape))
    .output(tierOut)
    .mutation(({ ctx, input }) => createServiceTier(serviceOf(ctx), withoutAgency(input))),

  list: hostProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: ALL,
        tags: TAGS,
        summary: 'List the tiers in their latest version, the cheapest first',
      },
    })
    .input(inAgency(ListServiceTiersInput.shape))
    .output(listOf(tierOut))
    .query(async ({ ctx, input }) => ({
      items: await listServiceTiers(serviceOf(ctx), withoutAgency(input)),
    })),

  createDefaults: agencyProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: `${ALL}/default`,
        tags: TAGS,
        summary: 'Make Bronze, Silver and Gold where they are missing',
      },
    })
    .input(inAgency({}))
    .output(listOf(tierOut))
    .mutation(async ({ ctx }) => ({ items: await createDefaultTiers(serviceOf(ctx)) })),

  get: hostProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: ONE,
        tags: TAGS,
        summary: 'Read a tier by its id or key, in its latest version or the one named',
      },
    })
    .input(inAgency(GetTierInput.shape))
    .output(tierOut)
    .query(({ ctx, input }) => getTier(serviceOf(ctx), withoutAgency(input))),

  publishVersion: agencyProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: `${ONE}/versions`,
        tags: TAGS,
        summary: 'Publish the next version of a tier; clients stay on theirs until moved',
      },
    })
    .input(inAgency(PublishTierVersionInput.shape))
    .output(tierOut)
    .mutation(({ ctx, input }) => publishTierVersion(serviceOf(ctx), withoutAgency(input))),

  archive: agencyProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: `${ONE}/archive`,
        tags: TAGS,
        summary: 'Take a tier off the shelf; who has it keeps it',
      },
    })
    .input(inAgency(ArchiveTierInput.shape))
    .output(tierOut)
    .mutation(({ ctx, input }) => archiveTier(serviceOf(ctx), withoutAgency(input))),
});
