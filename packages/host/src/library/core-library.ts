import type { EventBodies } from '../calls/hook-bodies.ts';

/**
 * What of `@retainer/core` is needed: `import * as core from '@retainer/core'` fits. It is handed in, so that this
 * package depends on no database.
 */
export interface CoreLibrary {
  readonly HookInputs: Readonly<Record<keyof EventBodies, CoreSchema>>;
  readonly RecordMetricsInput: CoreSchema;
  hostGate(session: CoreSession): object;
  tellHook(context: CoreContext, call: CoreCall): Promise<object>;
  recordMetrics(context: object, input: object): Promise<object>;
}

/** Reads a body as core takes it, or throws what is wrong with it. */
export interface CoreSchema {
  parse(body: unknown): object;
}

/** SQL on the connection that has the host's transaction. */
export interface CoreSession {
  query<T>(text: string, values: readonly unknown[]): Promise<T[]>;
}

/** Whose hooks core is told. */
export interface CoreContext {
  readonly gate: object;
  readonly agencyId: string;
  readonly now: () => Date;
  readonly unassignedChannels: () => Promise<'allow' | 'deny'>;
}

/** One hook as core takes it. */
export interface CoreCall {
  readonly type: string;
  readonly input: object;
}
