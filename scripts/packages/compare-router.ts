import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

/**
 * Compiles a module in which the types that ship (`router.ts` in `staged`) and those that are served stand in for each
 * other, both ways: what goes in, what comes out, how errors look, and the client as a whole. Throws with what differs.
 */
export function compareRouter(staged: string, tsconfig: string): void {
  const file = join(staged, 'compare.ts');
  writeFileSync(file, COMPARISON);
  const { config } = ts.readConfigFile(tsconfig, (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, join(staged, '..'));
  const program = ts.createProgram([file], { ...options, noEmit: true });
  const found = ts.getPreEmitDiagnostics(program);
  if (found.length === 0) return;
  const host = {
    getCanonicalFileName: (name: string) => name,
    getCurrentDirectory: () => staged,
    getNewLine: () => '\n',
  };
  const said = ts.formatDiagnostics(found, host);
  throw new Error(`The router's types that ship are not those that are served:\n${said}`);
}

const COMPARISON = `import type { AppRouter as Served } from '@retainer/api';
import type { TRPCClient } from '@trpc/client';
import type { inferRouterError, inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter as Shipped } from './router.ts';

type Inputs<T extends Served | Shipped> = inferRouterInputs<T>;
type Outputs<T extends Served | Shipped> = inferRouterOutputs<T>;
type Errors<T extends Served | Shipped> = inferRouterError<T>;
export const inputs: (it: Inputs<Served>) => Inputs<Shipped> = (it) => it;
export const inputsBack: (it: Inputs<Shipped>) => Inputs<Served> = (it) => it;
export const outputs: (it: Outputs<Served>) => Outputs<Shipped> = (it) => it;
export const outputsBack: (it: Outputs<Shipped>) => Outputs<Served> = (it) => it;
export const errors: (it: Errors<Served>) => Errors<Shipped> = (it) => it;
export const errorsBack: (it: Errors<Shipped>) => Errors<Served> = (it) => it;
export const client: (it: TRPCClient<Served>) => TRPCClient<Shipped> = (it) => it;
export const clientBack: (it: TRPCClient<Shipped>) => TRPCClient<Served> = (it) => it;
`;
