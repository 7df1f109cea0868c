import { tokensRouter } from './routers/tokens.ts';
import { createCallerFactory, router } from './trpc.ts';

/** Every procedure there is. REST, the OpenAPI document and the typed client all come from it. */
export const appRouter = router({ tokens: tokensRouter });

/** The type that clients import; nothing of it is left at run time. */
export type AppRouter = typeof appRouter;

/** Runs procedures without a network, for tests. */
export const createCaller = createCallerFactory(appRouter);
