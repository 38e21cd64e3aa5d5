import type {
  Condition,
  ConditionGroup,
  Lists,
  PartScore,
  Reason,
  Rule,
  RuleHit,
  RuleSet,
  Signals,
  SignalValue,
} from '../../types';
import { normalizeText } from './normalize-text';
import { compilePattern } from './pattern';

const MOST = 100;

export interface RulesResult {
  readonly part: PartScore;
  /** All rules that held, shadow rules too, in their order. */
  readonly hits: readonly RuleHit[];
}

/** Whether something holds for what is known of an attempt. */
type Test = (signals: Signals, lists: Lists) => boolean;

interface CompiledRule {
  readonly rule: Rule;
  readonly holds: Test;
}

interface CompiledRules {
  readonly rules: readonly CompiledRule[];
  /** Ids of rules that cannot be used: another release has written them. */
  readonly unreadable: readonly string[];
}

/** A set never changes, so its patterns are compiled once. */
const COMPILED = new WeakMap<RuleSet, CompiledRules>();

/** @param at the moment of scoring: a rule that has expired by then counts as not enabled */
export function evaluateRules(ruleSet: RuleSet, signals: Signals, lists: Lists, at: number): RulesResult {
  const { rules, unreadable } = compiled(ruleSet);
  const held = rules.filter(({ rule, holds }) => isActive(rule, at) && holds(signals, lists));
  const reasons = held.flatMap(({ rule }) => (rule.shadow || rule.weight === 0 ? [] : [reasonOf(rule)]));
  const sum = reasons.reduce((total, { points }) => total + points, 0);
  return {
    part: {
      part: 'rules',
      score: Math.min(sum, MOST),
      reasons,
      ...(unreadable.length === 0 ? {} : { missing: `unreadable rules: ${unreadable.join(', ')}` }),
    },
    hits: held.map(({ rule: { id, shadow, weight, action } }) => ({ ruleId: id, shadow, weight, action })),
  };
}

function isActive({ enabled, expiresAt }: Rule, at: number): boolean {
  return enabled && (expiresAt === null || at < expiresAt);
}

function reasonOf({ id, name, weight }: Rule): Reason {
  return { code: `rule:${id}`, points: weight, facts: { name } };
}

function compiled(ruleSet: RuleSet): CompiledRules {
  const known = COMPILED.get(ruleSet);
  if (known !== undefined) return known;
  const rules: CompiledRule[] = [];
  const unreadable: string[] = [];
  for (const rule of ruleSet.rules) {
    try {
      rules.push({ rule, holds: groupTest(rule.when) });
    } catch {
      unreadable.push(rule.id);
    }
  }
  const result = { rules, unreadable };
  COMPILED.set(ruleSet, result);
  return result;
}

function groupTest({ match, members }: ConditionGroup): Test {
  const tests = members.map(member => ('members' in member ? groupTest(member) : conditionTest(member)));
  // `every` of nothing would hold for all: an empty group holds for none.
  if (tests.length === 0) return () => false;
  return match === 'all'
    ? (signals, lists) => tests.every(test => test(signals, lists))
    : (signals, lists) => tests.some(test => test(signals, lists));
}

/** What is missing meets no condition, `exists: false` apart: also `not_equals` says something of a value that is there. */
function conditionTest(condition: Condition): Test {
  const { field, operator, value } = condition;
  if (operator === 'exists') return signals => (valueOf(signals, field) !== undefined) === value;
  const meets = valueTest(condition);
  return (signals, lists) => {
    const found = valueOf(signals, field);
    return found !== undefined && meets(found, lists);
  };
}

function valueTest({ operator, value }: Condition): (found: SignalValue, lists: Lists) => boolean {
  switch (operator) {
    case 'equals':
      return equality(value);
    case 'not_equals': {
      const equals = equality(value);
      return found => !equals(found);
    }
    case 'greater_than':
      return found => typeof found === 'number' && found > (value as number);
    case 'less_than':
      return found => typeof found === 'number' && found < (value as number);
    case 'between': {
      const [low, high] = value as readonly [number, number];
      return found => typeof found === 'number' && found >= low && found <= high;
    }
    case 'contains': {
      const part = normalizeText(String(value));
      return found => typeof found === 'string' && normalizeText(found).includes(part);
    }
    case 'in_list': {
      const list = String(value);
      return (found, lists) => lists.has(list, String(found)) === true;
    }
    case 'matches': {
      const pattern = compilePattern(String(value));
      if ('problem' in pattern) throw new Error(`pattern is ${pattern.problem}`);
      return found => typeof found === 'string' && pattern.search(found);
    }
    case 'exists':
      return () => value === true;
    default:
      return unknownOperator(operator);
  }
}

function unknownOperator(operator: never): never {
  throw new Error(`unknown operator ${String(operator)}`);
}

function equality(value: Condition['value']): (found: SignalValue) => boolean {
  if (typeof value !== 'string') return found => found === value;
  const text = normalizeText(value);
  return found => typeof found === 'string' && normalizeText(found) === text;
}

/** A number that is none is missing. */
function valueOf(signals: Signals, field: string): SignalValue | undefined {
  const found = Object.hasOwn(signals, field) ? signals[field] : undefined;
  return typeof found === 'number' && !Number.isFinite(found) ? undefined : found;
}
