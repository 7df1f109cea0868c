import { agenciesRouter } from './routers/agencies.ts';
import { apiKeysRouter } from './routers/api-keys.ts';
import { auditRouter } from './routers/audit.ts';
import { campaignsRouter } from './routers/campaigns.ts';
import { clientTierRouter } from './routers/client-tier.ts';
import { clientsRouter } from './routers/clients.ts';
import { conversionsRouter } from './routers/conversions.ts';
import { hooksRouter } from './routers/hooks.ts';
import { operationsRouter } from './routers/operations.ts';
import { portalRouter } from './routers/portal.ts';
import { serviceTiersRouter } from './routers/service-tiers.ts';
import { tokensRouter } from './routers/tokens.ts';
import { valueTrackingRouter } from './routers/value-tracking.ts';
import { createCallerFactory, router } from './trpc.ts';

/** Every procedure there is. REST, the OpenAPI document and the typed client all come from it. */
export const appRouter = router({
  agencies: agenciesRouter,
  apiKeys: apiKeysRouter,
  audit: auditRouter,
  campaigns: campaignsRouter,
  clients: clientsRouter,
  clientTier: clientTierRouter,
  conversions: conversionsRouter,
  hooks: hooksRouter,
  operations: operationsRouter,
  portal: portalRouter,
  serviceTiers: serviceTiersRouter,
  tokens: tokensRouter,
  valueTracking: valueTrackingRouter,
});

/** The type that clients import; nothing of it is left at run time. */
export type AppRouter = typeof appRouter;

/** Runs procedures without a network, for tests. */
export const createCaller = createCallerFactory(appRouter);
