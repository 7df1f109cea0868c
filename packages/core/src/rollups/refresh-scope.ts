import type { EntityManager } from '@mikro-orm/postgresql';

import type { SqlSession } from '../db/sql-session.ts';
import type { ServiceContext } from '../kernel/context.ts';
import type { FiguresWorld } from './figures-world.ts';

/** What a refresh works with. */
export interface Refresh {
  readonly ctx: ServiceContext;
  readonly em: EntityManager;
  readonly sql: SqlSession;
  readonly world: FiguresWorld;
}
