import ts from 'typescript';

/** Types that every program knows, or that the printed module imports; they are printed by their name. */
const KNOWN = ['Date', 'AsyncIterable', 'AsyncGenerator', 'Uint8Array', 'TrackedEnvelope'];

/** Deeper than any of our types; a type that contains itself has no end. */
const DEEPEST = 30;

/** Spells types out, without the names of those they are made of. */
export interface TypePrinter {
  /** The type in place, or the name it is declared under below. Throws for one that cannot be spelled out. */
  readonly print: (type: ts.Type) => string;
  /** What was said more than a few words about, each once. */
  readonly declarations: () => readonly string[];
}

/** Shorter ones are as easily read in place. */
const SHORTEST_DECLARED = 100;

/** A printer of the types that `checker` knows. */
export function createTypePrinter(checker: ts.TypeChecker): TypePrinter {
  const names = new Map<string, string>();
  const nameOf = (type: ts.Type, text: string): string => {
    if (text.length < SHORTEST_DECLARED) return text;
    const known = names.get(text);
    if (known !== undefined) return known;
    const said = type.aliasSymbol?.name ?? type.getSymbol()?.name ?? '';
    const name = `${/^[A-Z]\w+$/u.test(said) ? said : 'Shape'}${names.size + 1}`;
    names.set(text, name);
    return name;
  };
  const print = (type: ts.Type, depth: number): string => {
    if (depth > DEEPEST) throw new Error(`${checker.typeToString(type)} has no end`);
    const part = (inner: ts.Type): string => print(inner, depth + 1);
    const generic = knownGeneric(checker, type);
    if (generic) return named(generic.name, generic.given.map(part));
    if (type.isUnion()) return nameOf(type, printUnion(type.types.map(part)));
    if (type.flags & PLAIN) return checker.typeToString(type, undefined, NO_TRUNCATION);
    const list = printList(checker, type, part);
    if (list !== undefined) return list;
    if (type.isIntersection() || type.flags & ts.TypeFlags.Object) {
      return nameOf(type, printObject(checker, type, part));
    }
    throw new Error(`${checker.typeToString(type)} cannot be spelled out`);
  };
  return {
    print: (type) => print(type, 0),
    declarations: () => [...names].map(([text, name]) => `type ${name} = ${text};`),
  };
}

function knownGeneric(
  checker: ts.TypeChecker,
  type: ts.Type,
): { readonly name: string; readonly given: readonly ts.Type[] } | undefined {
  const alias = type.aliasSymbol?.name;
  if (alias !== undefined && KNOWN.includes(alias)) {
    return { name: alias, given: type.aliasTypeArguments ?? [] };
  }
  const name = type.getSymbol()?.name;
  if (name === undefined || !KNOWN.includes(name)) return undefined;
  return { name, given: isReference(type) ? checker.getTypeArguments(type) : [] };
}

const NO_TRUNCATION = ts.TypeFormatFlags.NoTruncation;

const PLAIN =
  ts.TypeFlags.Any |
  ts.TypeFlags.Unknown |
  ts.TypeFlags.StringLike |
  ts.TypeFlags.NumberLike |
  ts.TypeFlags.BigIntLike |
  ts.TypeFlags.BooleanLike |
  ts.TypeFlags.Void |
  ts.TypeFlags.Undefined |
  ts.TypeFlags.Null |
  ts.TypeFlags.Never |
  ts.TypeFlags.TemplateLiteral;

function printUnion(parts: readonly string[]): string {
  const isBoolean = parts.includes('true') && parts.includes('false');
  const rest = isBoolean ? parts.filter((part) => part !== 'true' && part !== 'false') : parts;
  return [...new Set([...rest, ...(isBoolean ? ['boolean'] : [])])].join(' | ');
}

function printList(
  checker: ts.TypeChecker,
  type: ts.Type,
  print: (part: ts.Type) => string,
): string | undefined {
  if (!isReference(type)) return undefined;
  const items = (): string => checker.getTypeArguments(type).map(print).join(', ');
  if (checker.isTupleType(type)) return `[${items()}]`;
  if (!checker.isArrayType(type)) return undefined;
  return `${type.symbol.name === 'ReadonlyArray' ? 'readonly ' : ''}(${items()})[]`;
}

function printObject(
  checker: ts.TypeChecker,
  type: ts.Type,
  print: (part: ts.Type) => string,
): string {
  const indexes = checker
    .getIndexInfosOfType(type)
    .map(({ keyType, type: value }) => `[key: ${print(keyType)}]: ${print(value)}`);
  const fields = checker.getPropertiesOfType(type).map((field) => {
    const isOptional = (field.flags & ts.SymbolFlags.Optional) !== 0;
    const printed = print(checker.getTypeOfSymbol(field));
    const key = /^[\w$]+$/u.test(field.name) ? field.name : JSON.stringify(field.name);
    return `${key}${isOptional ? '?' : ''}: ${printed}`;
  });
  const members = [...indexes, ...fields];
  return members.length > 0 ? `{ ${members.join('; ')} }` : '{}';
}

function named(name: string, given: readonly string[]): string {
  return given.length > 0 ? `${name}<${given.join(', ')}>` : name;
}

function isReference(type: ts.Type): type is ts.TypeReference {
  return (
    (type.flags & ts.TypeFlags.Object) !== 0 &&
    'objectFlags' in type &&
    typeof type.objectFlags === 'number' &&
    (type.objectFlags & ts.ObjectFlags.Reference) !== 0
  );
}
