import type {
  FraudSettings,
  Lists,
  Recommendation,
  RuleHit,
  RuleSet,
  ScoringModel,
  Signals,
  WeighedPart,
} from '../../types';
import { judge, judgeRules, listsOf, modelScore, weigh, type Features } from '../assess';
import { conclude, type Conclusion } from '../conclude';
import { evaluateRules } from '../rules/evaluate';

/** A decision as it was kept. */
export interface PastDecision {
  readonly at: number;
  /** At least those that the rules and the lists `allow` and `block` ask for. */
  readonly signals: Signals;
  readonly parts: readonly WeighedPart[];
  readonly hits: readonly RuleHit[];
  /** Of the model; read only where another model is tested. */
  readonly features: Features;
  readonly units: number;
  readonly recommendation: Recommendation;
}

export interface Tested {
  /** Null for the rules of then. */
  readonly ruleSet: RuleSet | null;
  /** Undefined for the model of then. */
  readonly model?: ScoringModel | null;
  /** Those of then. */
  readonly lists: Lists;
  readonly settings: FraudSettings;
}

export interface Replayed extends Conclusion {
  readonly hits: readonly RuleHit[];
}

/**
 * What live scoring would have said at that moment with other rules, or with another model: by the same code, from what
 * was kept of it. The parts that are not tested said what they said; the rules' score is no feature of the model, so new
 * rules leave the model's part as it was.
 */
export function replay(past: PastDecision, { ruleSet, model, lists, settings }: Tested): Replayed {
  const rules =
    ruleSet === null ? null : judgeRules(() => evaluateRules(ruleSet, past.signals, lists, past.at));
  const scored = model === undefined ? null : judge('model', () => modelScore(model, past.features));
  const replaced = past.parts.map(part => {
    if (part.part === 'rules' && rules !== null) return { ...rules.part, weight: part.weight };
    return part.part === 'model' && scored !== null ? { ...scored, weight: part.weight } : part;
  });
  const parts = model === undefined ? replaced : weigh(replaced, settings.partWeights, model);
  const hits = rules?.hits ?? past.hits;
  const amount = past.signals['order.amount'];
  const conclusion = conclude({
    parts,
    hits,
    listed: listsOf(lists, past.signals),
    amount: typeof amount === 'number' ? amount : null,
    settings,
  });
  return { ...conclusion, hits };
}
