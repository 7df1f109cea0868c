import { figures } from './figures.ar.ts';
import type { PageMessages } from './messages.ts';
import { work } from './work.ar.ts';

/** Arabic. */
export const messages: PageMessages = { ...figures, ...work };
