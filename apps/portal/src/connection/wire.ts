import type { AppRouter } from '@retainer/api';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';

type Inputs = inferRouterInputs<AppRouter>;
type Outputs = inferRouterOutputs<AppRouter>;
type Noun = Extract<keyof Outputs, string>;
type VerbOf<TNoun extends Noun> = Extract<keyof Outputs[TNoun], string>;

/** A value as JSON carries it: an instant is ISO 8601 text. */
export type Wire<T> = T extends Date
  ? string
  : T extends readonly (infer TItem)[]
    ? readonly Wire<TItem>[]
    : T extends object
      ? { readonly [TKey in keyof T]: Wire<T[TKey]> }
      : T;

/** A procedure of the API: `clientTier.get`. */
export type Procedure = {
  [TNoun in Noun]: `${TNoun}.${VerbOf<TNoun>}`;
}[Noun];

/** What a procedure takes. */
export type InputOf<TProcedure extends Procedure> =
  TProcedure extends `${infer TNoun extends Noun}.${infer TVerb}`
    ? TVerb extends keyof Inputs[TNoun]
      ? Inputs[TNoun][TVerb]
      : never
    : never;

/** What a procedure answers, as it comes over the wire. */
export type AnswerOf<TProcedure extends Procedure> =
  TProcedure extends `${infer TNoun extends Noun}.${infer TVerb}`
    ? TVerb extends keyof Outputs[TNoun]
      ? Wire<Outputs[TNoun][TVerb]>
      : never
    : never;
