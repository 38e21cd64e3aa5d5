/** Why an input is refused: the key of a message (`messages.ts`) and what the message names. */
export interface InputProblem {
  key: string;
  variables?: Record<string, string | number>;
}
