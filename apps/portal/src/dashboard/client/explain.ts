import { createContext } from 'svelte';

import type { Explained } from '../explanation/explained.ts';

/** Opens the facts behind a figure of the client that is in sight. */
export type Explain = (asked: Explained) => void;

/** Shares the explanation with the components inside. */
export const [useExplain, shareExplain] = createContext<Explain>();
