import {
  archiveClient,
  ArchiveClientInput,
  getClient,
  GetClientInput,
  listClients,
  ListClientsInput,
  upsertClient,
  UpsertClientInput,
} from '@retainer/core';

import { inAgency, pageOf, withoutAgency } from '../schemas.ts';
import { procedureFor, registrarProcedure, router, serviceOf } from '../trpc.ts';
import { clientOut, upsertedClientOut } from './outputs/tenancy.ts';

const ALL = '/api/agency/{agencyWorkspaceId}/clients';
const ONE = `${ALL}/{clientWorkspaceId}` as const;
const TAGS = ['Registration'];

const clientRegistrar = procedureFor('admin', 'agency', 'host');

/** The clients of an agency. */
export const clientsRouter = router({
  upsert: clientRegistrar
    .meta({
      openapi: {
        method: 'PUT',
        path: ONE,
        tags: TAGS,
        summary: 'Register a client, or change its settings',
      },
    })
    .input(inAgency(UpsertClientInput.shape))
    .output(upsertedClientOut)
    .mutation(({ ctx, input }) => upsertClient(serviceOf(ctx), withoutAgency(input))),

  get: clientRegistrar
    .meta({
      openapi: { method: 'GET', path: ONE, tags: TAGS, summary: 'Read a client’s settings' },
    })
    .input(inAgency(GetClientInput.shape))
    .output(clientOut)
    .query(({ ctx, input }) => getClient(serviceOf(ctx), withoutAgency(input))),

  list: clientRegistrar
    .meta({
      openapi: { method: 'GET', path: ALL, tags: TAGS, summary: 'List the agency’s clients' },
    })
    .input(inAgency(ListClientsInput.shape))
    .output(pageOf(clientOut))
    .query(({ ctx, input }) => listClients(serviceOf(ctx), withoutAgency(input))),

  archive: registrarProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: `${ONE}/archive`,
        tags: TAGS,
        summary: 'Take a client out of the lists; its data stays readable',
      },
    })
    .input(inAgency(ArchiveClientInput.shape))
    .output(clientOut)
    .mutation(({ ctx, input }) => archiveClient(serviceOf(ctx), withoutAgency(input))),
});
