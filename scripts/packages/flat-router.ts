import { join } from 'node:path';

import ts from 'typescript';

import { createTypePrinter, type TypePrinter } from './print-type.ts';

/**
 * A module with the API's router type, of which nothing is left that it was inferred from: each procedure with what it
 * takes and what it answers, spelled out. So a client that ships needs none of the server's packages for its types.
 */
export function flatRouter(root: string): string {
  const { checker, router } = routerOf(root);
  const definition = propertyOf(checker, router, '_def');
  const printer = createTypePrinter(checker);
  const shape = ['_config', '$types', 'errorShape'].reduce<ts.Type>(
    (type, name) => propertyOf(checker, type, name),
    definition,
  );
  const record = printRecord({ checker, printer }, propertyOf(checker, definition, 'record'), '');
  const errorShape = printer.print(shape);
  return `import type {
  TRPCBuiltRouter,
  TRPCMutationProcedure,
  TRPCQueryProcedure,
  TRPCSubscriptionProcedure,
  TrackedEnvelope,
} from '@trpc/server';
interface Root {
  ctx: object;
  meta: object;
  errorShape: ${errorShape};
  transformer: true;
}
/** Every procedure of the API. */
export type AppRouter = TRPCBuiltRouter<Root, Procedures>;
type Procedures = ${record};
${printer.declarations().join('\n')}
`;
}

const KINDS = {
  query: 'TRPCQueryProcedure',
  mutation: 'TRPCMutationProcedure',
  subscription: 'TRPCSubscriptionProcedure',
} as const;

interface Printing {
  readonly checker: ts.TypeChecker;
  readonly printer: TypePrinter;
}

function printRecord(printing: Printing, type: ts.Type, indent: string): string {
  const inner = `${indent}  `;
  const lines = printing.checker.getPropertiesOfType(type).map((property) => {
    const member = printing.checker.getTypeOfSymbol(property);
    return `${inner}${property.name}: ${printMember(printing, member, inner)};\n`;
  });
  return `{\n${lines.join('')}${indent}}`;
}

function printMember(printing: Printing, member: ts.Type, indent: string): string {
  const { checker, printer } = printing;
  const definition = checker.getPropertyOfType(member, '_def');
  if (!definition) return printRecord(printing, member, indent);
  const def = checker.getTypeOfSymbol(definition);
  const kind = propertyOf(checker, def, 'type');
  const types = propertyOf(checker, def, '$types');
  const name = Object.entries(KINDS).find(([key]) => kind.isStringLiteral() && kind.value === key);
  if (!name) return printRecord(printing, propertyOf(checker, def, 'record'), indent);
  const input = printer.print(propertyOf(checker, types, 'input'));
  const output = printer.print(propertyOf(checker, types, 'output'));
  return `${name[1]}<{ meta: object; input: ${input}; output: ${output} }>`;
}

function routerOf(root: string): { readonly checker: ts.TypeChecker; readonly router: ts.Type } {
  const folder = join(root, 'apps/api');
  const { config } = ts.readConfigFile(join(folder, 'tsconfig.json'), (path) =>
    ts.sys.readFile(path),
  );
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  const file = join(folder, 'src/router.ts');
  const program = ts.createProgram([file], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  const symbol = module?.exports?.get(ts.escapeLeadingUnderscores('appRouter'));
  if (!symbol) throw new Error(`${file} exports no appRouter`);
  return { checker, router: checker.getTypeOfSymbol(symbol) };
}

function propertyOf(checker: ts.TypeChecker, type: ts.Type, name: string): ts.Type {
  const property = checker.getPropertyOfType(type, name);
  if (property) return checker.getTypeOfSymbol(property);
  throw new Error(`${checker.typeToString(type)} has no ${name}`);
}
