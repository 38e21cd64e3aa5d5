import type {
  Assessment,
  Engine,
  History,
  ModelScore,
  Part,
  PartScore,
  ScoringModel,
  Signals,
  Transaction,
  WeighedPart,
} from '../types';
import { conclude } from './conclude';
import { deviceScore } from './device-score';
import { extractFeatures } from './features';
import { evaluateRules, type RulesResult } from './rules/evaluate';
import { ALLOW_LIST, BLOCK_LIST, isListed } from './rules/meaningful-lists';
import { velocityScore } from './velocity-score';
import { allSignals } from './velocity-signals';

export type Features = Readonly<Record<string, number>>;

/**
 * Says what to do about an attempt to pay, and why. Never throws: a part that fails is missing, and the others go on.
 *
 * The rules' score is no feature of the model: a new rule must not shift a model that has learned without it.
 */
export function assess(transaction: Transaction, history: History, engine: Engine): Assessment {
  const { lists, model, ruleSet, settings } = engine;
  const signals = allSignals(transaction, history);
  const rules = judgeRules(() => evaluateRules(ruleSet, signals, lists, transaction.at));
  const velocity = judge('velocity', () => velocityScore(history));
  const device = judge('device', () => deviceScore(signals, history));
  let features: Features = {};
  const modelPart = judge('model', () => {
    features = extractFeatures(transaction, history, [velocity, device]);
    return modelScore(model, features);
  });
  const parts = weigh([rules.part, velocity, device, modelPart], settings.partWeights, model);
  const listed = listsOf(lists, signals);
  const conclusion = conclude({
    parts,
    hits: rules.hits,
    listed,
    amount: transaction.amount,
    settings,
  });
  return { ...conclusion, parts, rules: rules.hits, features, signals };
}

/** What the model says, or why it says nothing. */
export function modelScore(model: ScoringModel | null, features: Features): PartScore {
  if (model === null) return { part: 'model', score: null, reasons: [], missing: 'no model yet' };
  const { points, reasons }: ModelScore = model.score(features);
  return { part: 'model', score: points, reasons };
}

/** With what a part counts for: what staff set, or the model has learned, or all of it. */
export function weigh(
  parts: readonly PartScore[],
  partWeights: Engine['settings']['partWeights'],
  model: ScoringModel | null,
): WeighedPart[] {
  const scored = parts.some(({ part, score }) => part === 'model' && score !== null);
  // Learned beside the model: without what it says, the others have to carry the decision.
  const learned = scored ? (model?.weights ?? null) : null;
  const weights = partWeights ?? learned;
  return parts.map(score => ({
    ...score,
    weight: score.part === 'model' ? 1 : (weights?.[score.part] ?? 1),
  }));
}

/** Lists that cannot be asked have nothing in them. */
export function listsOf(lists: Engine['lists'], signals: Signals): { allow: boolean; block: boolean } {
  const has = (list: string) => {
    try {
      return isListed(lists, list, signals);
    } catch {
      return false;
    }
  };
  return { allow: has(ALLOW_LIST), block: has(BLOCK_LIST) };
}

export function judgeRules(evaluate: () => RulesResult): RulesResult {
  try {
    return evaluate();
  } catch (error) {
    return { part: failed('rules', error), hits: [] };
  }
}

/** A score that is none between 0 and 100 is a defect of the part, and counts as missing. */
export function judge(part: Part, score: () => PartScore): PartScore {
  try {
    const result = score();
    const valid =
      result.score === null || (Number.isFinite(result.score) && result.score >= 0 && result.score <= 100);
    if (!valid) throw new Error(`its score is ${String(result.score)}`);
    return result;
  } catch (error) {
    return failed(part, error);
  }
}

function failed(part: Part, error: unknown): PartScore {
  const message = error instanceof Error ? error.message : String(error);
  return { part, score: null, reasons: [], missing: `failed: ${message.slice(0, 200)}` };
}
